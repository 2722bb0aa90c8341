using System.Diagnostics;
using Idp.Integration.Models;

namespace Idp.Integration.Cluster;

/// <summary>A packet as a scanner gives it: a TIFF with a picture for each page.</summary>
internal static class ScannedPacket
{
    private const string DotsPerInch = "200";

    /// <summary>Prints and scans a packet.</summary>
    public static async Task<byte[]> ScanAsync(ModelPacket packet, CancellationToken ct)
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllBytesAsync(folder.File("packet.pdf"), packet.Pdf, ct);
        await RunAsync("pdftoppm", ["-r", DotsPerInch, "-mono", folder.File("packet.pdf"), folder.File("page")], ct);
        string[] pages = [.. Directory.GetFiles(folder.Path, "page*.pbm").Order(StringComparer.Ordinal)];
        await RunAsync("convert", [.. pages, "-density", DotsPerInch, "-compress", "Group4", folder.File("packet.tiff")], ct);
        return await File.ReadAllBytesAsync(folder.File("packet.tiff"), ct);
    }

    private static async Task RunAsync(string program, string[] arguments, CancellationToken ct)
    {
        using var tool = Process.Start(program, arguments);
        await tool.WaitForExitAsync(ct);
        tool.ExitCode.ShouldBe(0);
    }
}
