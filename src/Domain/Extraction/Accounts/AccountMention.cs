namespace Idp.Domain.Extraction;

/// <summary>What a printed account number says about its page.</summary>
internal enum MentionRole
{
    /// <summary>A label announces it: the page is about this account.</summary>
    Owner,

    /// <summary>It heads one of several rows of a list of accounts.</summary>
    Listed,

    /// <summary>It stands in a sentence, or without a label: the page may be about it.</summary>
    Weak,

    /// <summary>It points to another account: "transfer to account …".</summary>
    Reference,
}

/// <summary>One account number on one page.</summary>
/// <param name="Page">The page, from 1.</param>
/// <param name="Number">The number.</param>
/// <param name="Label">The printed label, or a description of the place when there is none.</param>
/// <param name="Role">What it says about the page.</param>
/// <param name="Confidence">The lowest confidence among the number's words, 0 to 1.</param>
/// <param name="Recognised">True when the words come from recognition.</param>
/// <param name="DetailsOn">The page to which its line points ("details on page 3"); null when it points nowhere.</param>
internal sealed record AccountMention(
    int Page, AccountNumber Number, string Label, MentionRole Role, double Confidence, bool Recognised, int? DetailsOn = null);
