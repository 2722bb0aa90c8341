namespace Idp.Simulators.Options;

/// <summary>How files are recognised. Places and the time of each job come from <c>capacity</c> and <c>latency</c>.</summary>
public sealed record RecognitionOptions
{
    /// <summary>What each page adds to the time of a job.</summary>
    public int MillisecondsPerPage { get; init; }

    /// <summary>Folders of texts: a file named by the SHA-256 of a document's bytes in hexadecimal, with <c>.txt</c>; its pages end with form feeds. Read at start only.</summary>
    public IReadOnlyList<string> Texts { get; init; } = [];

    /// <summary>The form of error replies.</summary>
    public ErrorShape ErrorShape { get; init; } = ErrorShape.Mixed;

    /// <summary>Pages that may be recognised before every submission gets 402; 0: as many as one likes.</summary>
    public int PlanPages { get; init; }

    /// <summary>Whether pages end with a line of the separator that was asked for; false for a provider that knows only <c>&lt;&lt;&lt;</c>.</summary>
    public bool KnowsSeparator { get; init; } = true;
}

/// <summary>The form of error replies.</summary>
public enum ErrorShape
{
    /// <summary>Any of the others, by chance.</summary>
    Mixed,

    /// <summary><c>{"message":"…"}</c>.</summary>
    Message,

    /// <summary>A bare JSON string.</summary>
    BareString,

    /// <summary>No JSON at all.</summary>
    PlainText,

    /// <summary>Nothing.</summary>
    Empty,
}
