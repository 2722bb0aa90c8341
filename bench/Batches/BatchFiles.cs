using System.Diagnostics;
using Idp.Integration;
using Idp.Integration.Cluster;
using Idp.Integration.Models;

namespace Idp.Bench.Batches;

/// <summary>Invented files for batches: packets of two to six born-digital pages, and every tenth a scan.</summary>
internal static class BatchFiles
{
    private const int FilesPerScan = 10;
    private const int DotsPerInch = 200;

    /// <summary>Makes files; other numbers make other files.</summary>
    public static async Task<IReadOnlyList<(string Name, byte[] Content)>> MakeAsync(int first, int count, CancellationToken ct)
    {
        var files = new List<(string, byte[])>();
        foreach (var number in Enumerable.Range(first, count))
        {
            files.Add(number % FilesPerScan == 0
                ? ($"{number}.png", await ScanAsync(ModelPacket.Make(number, 1).Pdf, ct))
                : ($"{number}.pdf", ModelPacket.Make(number, 1 + (number % 3)).Pdf));
        }

        return files;
    }

    /// <summary>Makes packets that need no recognition.</summary>
    public static IReadOnlyList<(string Name, byte[] Content)> BornDigital(int first, int count) =>
        [.. Enumerable.Range(first, count).Select(static number => ($"{number}.pdf", ModelPacket.Make(number, 1 + (number % 3)).Pdf))];

    /// <summary>Makes scans of two to six pages; other numbers make other pages.</summary>
    public static async Task<IReadOnlyList<(string Name, byte[] Content)>> ScanAllAsync(int first, int count, CancellationToken ct)
    {
        var files = new List<(string, byte[])>();
        foreach (var number in Enumerable.Range(first, count))
        {
            files.Add(($"{number}.tiff", await ScannedPacket.ScanAsync(ModelPacket.Make(number, 1 + (number % 3)), ct)));
        }

        return files;
    }

    /// <summary>The first page of a file as a picture.</summary>
    private static async Task<byte[]> ScanAsync(byte[] pdf, CancellationToken ct)
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllBytesAsync(folder.File("in.pdf"), pdf, ct);
        using var tool = Process.Start("pdftoppm", ["-r", FormattableString.Invariant($"{DotsPerInch}"), "-gray", "-png", "-singlefile", folder.File("in.pdf"), folder.File("out")]);
        await tool.WaitForExitAsync(ct);
        tool.ExitCode.ShouldBe(0);
        return await File.ReadAllBytesAsync(folder.File("out.png"), ct);
    }
}
