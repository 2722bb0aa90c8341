namespace Idp.Integration;

/// <summary>The sample that ships with the product: a cover, three accounts (one scanned), a blank page.</summary>
internal static class SamplePacket
{
    public static string Path { get; } = System.IO.Path.Combine(AppContext.BaseDirectory, "samples", "loan-packet.pdf");
}
