using System.Text;
using Idp.Application.Documents.Ports;
using Idp.Application.Kernel.Ai;
using Idp.Application.Kernel.Caching;
using Idp.Domain.Kernel;
using Idp.Domain.Kernel.Work;

namespace Idp.Infrastructure.Documents.LlmWhisperer;

/// <summary>Submits small pages through journal and budget, and past cache, retries and gate. Their texts are never fetched.</summary>
internal sealed class LlmWhispererProbe(WhisperTransport transport, WhisperGate gate, PaidSubmission submission, LlmWhispererOptions options, TimeProvider clock, Random random)
    : IRecognitionProbe
{
    private const string Subject = "probe";

    /// <summary>Looks more often than others do: what is measured is the service, not the pauses.</summary>
    private readonly WhisperWait _wait = new(transport, options, clock, random) { Shortest = TimeSpan.FromMilliseconds(100), Growth = 0.05 };

    /// <inheritdoc />
    public ModelIdentity Identity => gate.Identity;

    /// <inheritdoc />
    public Task<Result<Done>> PrepareAsync(CancellationToken ct) => transport.GreetAsync(ct);

    /// <inheritdoc />
    public async Task<Result<TimeSpan>> CallAsync(string name, CancellationToken ct)
    {
        var begin = clock.GetTimestamp();
        var placed = await submission.PlaceAsync(
            Fingerprint.Of(("probe", name), ("service", Identity.ToString())), Identity, [1], new CallContext(Subject, Priority.Normal, []),
            (tries, token) => PaidSubmission.TryAsync(
                tries,
                async sending =>
                {
                    await tries.MarkSentAsync(sending);
                    using var page = new MemoryStream(PageSaying(name), writable: false);
                    var accepted = await transport.SubmitAsync(page, string.Empty, sending);
                    return accepted.IsSuccess ? new AcceptedOrder(accepted.Value, 1, null, clock.GetTimestamp()) : accepted.Error;
                },
                token),
            ct);
        if (!placed.IsSuccess)
        {
            return placed.Error;
        }

        await _wait.BeforeFirstLookAsync(ct);
        var ready = await _wait.UntilProcessedAsync(placed.Value.Hash, placed.Value.AcceptedAt, ct);
        return ready.IsSuccess ? clock.GetElapsedTime(begin) : ready.Error;
    }

    /// <summary>A PDF of one page with one line.</summary>
    private static byte[] PageSaying(string name)
    {
        var text = new string([.. name.Where(static character => char.IsAsciiLetterOrDigit(character) || character is '-' or ' ')]);
        var content = $"BT /F1 14 Tf 72 700 Td (Measured by idp: {text}) Tj ET";
        string[] objects =
        [
            "<< /Type /Catalog /Pages 2 0 R >>",
            "<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
            $"<< /Length {content.Length} >>\nstream\n{content}\nendstream",
            "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        ];
        var file = new StringBuilder("%PDF-1.4\n");
        var places = new List<int>();
        foreach (var (index, body) in objects.Index())
        {
            places.Add(file.Length);
            file.Append(System.Globalization.CultureInfo.InvariantCulture, $"{index + 1} 0 obj\n{body}\nendobj\n");
        }

        var table = file.Length;
        file.Append(System.Globalization.CultureInfo.InvariantCulture, $"xref\n0 {objects.Length + 1}\n0000000000 65535 f \n");
        places.ForEach(place => file.Append(System.Globalization.CultureInfo.InvariantCulture, $"{place:D10} 00000 n \n"));
        file.Append(System.Globalization.CultureInfo.InvariantCulture, $"trailer\n<< /Size {objects.Length + 1} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n");
        return Encoding.ASCII.GetBytes(file.ToString());
    }
}
