namespace Idp.Domain.Extraction;

/// <summary>One account of a document and the whole numbers that name it.</summary>
/// <param name="Id">Its place among the accounts, in the order in which they are first named.</param>
/// <param name="Number">The number as it is best printed.</param>
/// <param name="Keys">The keys of all readings of it, recognition slips included.</param>
/// <param name="Confidence">How sure its best reading is, 0 to 1.</param>
internal sealed record AccountIdentity(int Id, AccountNumber Number, IReadOnlySet<string> Keys, double Confidence);

/// <summary>Finds which printed numbers are one account.</summary>
internal static class AccountIdentities
{
    /// <summary>Below this confidence a recognised number one character off a better one is a slip.</summary>
    private const double LowEvidence = 0.75;

    /// <summary>Below this confidence a recognised number may be off by more.</summary>
    private const double VeryLowEvidence = 0.5;

    /// <summary>A mask shows at most this many characters.</summary>
    public const int LongestTail = 5;

    /// <summary>The better reading must be this much surer.</summary>
    private const double ClearlySurer = 0.1;

    /// <summary>The accounts named by labelled numbers; where no label names any, those that stand in sentences.</summary>
    /// <param name="mentions">All mentions, in page order.</param>
    public static IReadOnlyList<AccountIdentity> Find(IReadOnlyList<AccountMention> mentions)
    {
        var readings = mentions.Where(mention => !mention.Number.IsMasked && !IsTailOfAnother(mention, mentions)).GroupBy(mention => mention.Number.Key).Select(group => new Reading(group.ToList())).ToList();
        var groups = Merge(readings);
        var named = groups.Where(group => group.Exists(reading => reading.Has(MentionRole.Owner) || reading.Has(MentionRole.Listed))).ToList();
        if (named.Count is 0)
        {
            named = groups.Where(group => group.Exists(reading => reading.Has(MentionRole.Weak))).ToList();
        }

        var whole = named.OrderBy(group => group.Min(reading => FirstPage(reading))).ToList();
        var identities = whole
            .Select((group, id) => new AccountIdentity(id, BestPrinted(group), group.Select(reading => reading.Key).ToHashSet(StringComparer.Ordinal), group[0].Confidence))
            .ToList();
        return identities.Select(identity => Corrected(identity, identities, mentions)).Concat(MaskedOnly(mentions, identities)).ToList();
    }

    /// <summary>A number that was read with doubt, corrected by what masks show of it elsewhere; as it is when they could mean another or do not agree.</summary>
    private static AccountIdentity Corrected(AccountIdentity identity, List<AccountIdentity> all, IReadOnlyList<AccountMention> mentions)
    {
        if (identity.Confidence >= LowEvidence)
        {
            return identity;
        }

        var tails = mentions.Where(mention => mention.Number.IsMasked && mention.Confidence >= identity.Confidence + ClearlySurer && mention.Number.Characters.Length < identity.Number.Characters.Length
                && DiffersInOneDigit(mention.Number.Characters, identity.Number.Characters)
                && all.TrueForAll(other => other == identity || OcrConfusion.Distance(mention.Number.Characters, other.Number.Characters[^Math.Min(mention.Number.Characters.Length, other.Number.Characters.Length)..]) > 1))
            .Select(mention => mention.Number.Characters).Distinct().ToList();
        var isContradicted = mentions.Any(mention => mention.Number.IsMasked && mention.Number.IsSameAs(identity.Number));
        if (tails.Count is not 1 || isContradicted)
        {
            return identity;
        }

        var number = identity.Number.WithTail(tails[0]);
        return identity with { Number = number, Keys = identity.Keys.Append(number.Key).ToHashSet(StringComparer.Ordinal) };
    }

    private static bool DiffersInOneDigit(string tail, string whole) =>
        tail.Zip(whole[^tail.Length..]).Count(pair => pair.First != pair.Second) is 1;

    /// <summary>Accounts of which only the last characters are ever printed.</summary>
    private static IEnumerable<AccountIdentity> MaskedOnly(IReadOnlyList<AccountMention> mentions, List<AccountIdentity> whole) => mentions
        .Where(mention => mention.Number.IsMasked && mention.Role is MentionRole.Owner)
        .Where(mention => !whole.Exists(identity => mention.Number.IsSameAs(identity.Number) || IsSlip(mention, identity)))
        .GroupBy(mention => mention.Number.Key)
        .Select((group, index) => new AccountIdentity(whole.Count + index, group.First().Number, new HashSet<string>(StringComparer.Ordinal) { group.Key }, group.Max(mention => mention.Confidence)));

    /// <summary>True for a number so short that it is what shows of a longer one whose mask was lost.</summary>
    public static bool IsTailOfAnother(AccountMention mention, IEnumerable<AccountMention> mentions) =>
        mention.Number.Characters.Length <= LongestTail
        && mentions.Any(other => !other.Number.IsMasked && other.Number.Characters.Length > LongestTail
            && other.Number.Characters.EndsWith(mention.Number.Characters, StringComparison.Ordinal));

    /// <summary>True when a recognised number may be a misreading of the account's, or the account's of it.</summary>
    public static bool IsSlip(AccountMention mention, AccountIdentity account)
    {
        var doubt = Math.Min(mention.Confidence, account.Confidence);
        return mention.Recognised && mention.Number.SlipsFrom(account.Number) <= (doubt < VeryLowEvidence ? 2 : doubt < LowEvidence ? 1 : 0);
    }

    private static int FirstPage(Reading reading) =>
        reading.Mentions.Where(mention => mention.Role is not MentionRole.Reference).Select(mention => mention.Page).DefaultIfEmpty(int.MaxValue).Min();

    private static List<List<Reading>> Merge(List<Reading> readings)
    {
        var groups = new List<List<Reading>>();
        foreach (var reading in readings.OrderByDescending(reading => reading.Strength))
        {
            var same = reading.Recognised ? groups.Find(group => IsSlip(reading, group[0])) : null;
            if (same is null)
            {
                groups.Add([reading]);
            }
            else
            {
                same.Add(reading);
            }
        }

        return groups;
    }

    private static bool IsSlip(Reading weaker, Reading stronger)
    {
        var slips = weaker.Number.SlipsFrom(stronger.Number);
        if (slips is 0)
        {
            return true;
        }

        var confidence = weaker.Confidence;
        var surer = stronger.Confidence >= confidence + ClearlySurer || stronger.Mentions.Count > weaker.Mentions.Count + 1;
        var onOnePage = weaker.Mentions.All(mention => stronger.Mentions.Any(other => other.Page == mention.Page));
        return slips switch
        {
            1 => surer && (confidence < LowEvidence || (onOnePage && confidence < 0.9)),
            2 or 3 => surer && confidence < VeryLowEvidence && weaker.Number.Characters.Length >= 7,
            _ => false,
        };
    }

    /// <summary>The format in which the surest reading is mostly printed.</summary>
    private static AccountNumber BestPrinted(List<Reading> group) => group[0].Mentions
        .GroupBy(mention => mention.Number.Printed, StringComparer.Ordinal)
        .OrderByDescending(printed => printed.Sum(mention => Weight(mention.Role) * mention.Confidence))
        .First().First().Number;

    private static double Weight(MentionRole role) => role switch
    {
        MentionRole.Owner => 1,
        MentionRole.Listed => 0.6,
        MentionRole.Weak => 0.3,
        _ => 0.1,
    };

    /// <summary>Every mention of one key.</summary>
    private sealed record Reading(List<AccountMention> Mentions)
    {
        public AccountNumber Number => Mentions[0].Number;

        public string Key => Number.Key;

        public double Confidence => Mentions.Max(mention => mention.Confidence);

        public bool Recognised => Mentions.TrueForAll(mention => mention.Recognised);

        /// <summary>How sure the reading is; being printed often adds a little.</summary>
        public double Strength => (Recognised ? 0 : 1000) + Confidence + (Mentions.Sum(mention => Weight(mention.Role)) / 20);

        public bool Has(MentionRole role) => Mentions.Exists(mention => mention.Role == role);
    }
}
