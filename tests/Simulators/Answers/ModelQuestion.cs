using Idp.Simulators.Truth;

namespace Idp.Simulators.Answers;

/// <summary>What a chat request asks.</summary>
/// <param name="Task">The name of the task; empty where none was found.</param>
/// <param name="Account">The account number that the message names; null: none.</param>
/// <param name="Pages">The pages in the message.</param>
/// <param name="Frame">The message without its pages.</param>
/// <param name="Message">The whole message.</param>
internal sealed record ModelQuestion(string Task, string? Account, IReadOnlyList<MessagePage> Pages, string Frame, string Message);

/// <summary>A page as the message has it.</summary>
/// <param name="Number">As the message numbers it.</param>
/// <param name="Text">Its text.</param>
internal sealed record MessagePage(int Number, string Text)
{
    /// <summary>Its text, folded.</summary>
    public FoldedText Folded { get; } = new(Text);
}
