using System.Text.Json;
using Idp.Domain.Documents;

namespace Idp.Api.CommandLine.Evaluation;

/// <summary>The parts of a page that its ground truth transcribes; all of it when no zones are given.</summary>
/// <param name="Boxes">Left, top, right and bottom as fractions of the image; null for the whole page.</param>
internal sealed record TranscribedZones(IReadOnlyList<(double Left, double Top, double Right, double Bottom)>? Boxes)
{
    public static TranscribedZones Of(JsonDocument truth)
    {
        if (!truth.RootElement.TryGetProperty("zones", out var zones))
        {
            return new TranscribedZones((IReadOnlyList<(double, double, double, double)>?)null);
        }

        var width = truth.RootElement.GetProperty("width").GetDouble();
        var height = truth.RootElement.GetProperty("height").GetDouble();
        return new TranscribedZones([.. zones.EnumerateArray().Select(zone =>
        {
            var edges = (zone.ValueKind == JsonValueKind.Array ? zone : zone.GetProperty("box")).EnumerateArray().Select(static edge => edge.GetDouble()).ToList();
            return (edges[0] / width, edges[1] / height, edges[2] / width, edges[3] / height);
        })]);
    }

    /// <summary>True when the middle of the word lies in what is transcribed.</summary>
    public bool Hold(Word word) => Boxes is null || Boxes.Any(zone =>
        word.Box.CenterX >= zone.Left && word.Box.CenterX <= zone.Right && word.Box.CenterY >= zone.Top && word.Box.CenterY <= zone.Bottom);
}
