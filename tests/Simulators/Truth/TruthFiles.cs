using System.Text.Json;
using System.Text.Json.Nodes;

namespace Idp.Simulators.Truth;

/// <summary>Reads ground truth from files and folders, in any of the known formats.</summary>
public static class TruthFiles
{
    /// <summary>Reads a file, or every JSON file in a folder and below.</summary>
    /// <returns>The documents. In a folder, files of an unknown form are passed over.</returns>
    /// <exception cref="JsonException">A file named by itself is of no known form.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static async Task<IReadOnlyList<TruthDocument>> ReadAsync(string path, CancellationToken ct)
    {
        if (!Directory.Exists(path))
        {
            return TruthFormats.Read(await ParseAsync(path, ct), Path.GetFileNameWithoutExtension(path))
                ?? throw new JsonException($"{path} is no ground truth of a known form.");
        }

        var documents = new List<TruthDocument>();
        foreach (var file in Directory.EnumerateFiles(path, "*.json", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            documents.AddRange(TruthFormats.Read(await ParseAsync(file, ct), Path.GetFileNameWithoutExtension(file)) ?? []);
        }

        return documents;
    }

    private static async Task<JsonNode?> ParseAsync(string path, CancellationToken ct) => JsonNode.Parse(await File.ReadAllBytesAsync(path, ct));
}
