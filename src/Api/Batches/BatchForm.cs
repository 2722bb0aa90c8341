using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using Idp.Api.Kernel.Http;
using Idp.Api.Kernel.Json;
using Idp.Api.Kernel.Problems;
using Idp.Application.Batches;
using Idp.Application.Kernel.Caching;
using Idp.Application.Kernel.Streams;
using Idp.Domain.Batches;
using Idp.Domain.Kernel.Work;
using Idp.Domain.Kernel;

namespace Idp.Api.Batches;

/// <summary>The form of a batch, read as it arrives: files, and how to process them in fields before, between or after.</summary>
internal sealed class BatchForm(MultipartUpload form)
{
    /// <summary>The contract's name, and those that other senders use.</summary>
    public static readonly string[] FileParts = ["files", "file", "files[]"];

    /// <summary>Far more than any batch takes: a form of endless tiny files ends here.</summary>
    private const int MostFiles = 20_000;

    private readonly List<(string Name, string Hash)> _read = [];

    /// <summary>The files, each readable until the next is asked for.</summary>
    public async IAsyncEnumerable<IncomingFile> FilesAsync([EnumeratorCancellation] CancellationToken ct = default)
    {
        while (await form.TryReadToFileAsync(ct))
        {
            if (_read.Count == MostFiles)
            {
                throw new BadHttpRequestException($"The form has more than {MostFiles} files.", StatusCodes.Status413PayloadTooLarge);
            }

            await using var hashed = new HashingStream(form.File);
            var name = form.FileName;
            yield return new IncomingFile(name, hashed);
            _read.Add((name, await hashed.HashOfAllAsync(ct)));
        }
    }

    /// <summary>How to process the files; complete when they have been read.</summary>
    public Result<BatchTerms> Terms()
    {
        var common = IntakeFields.Read(form.Fields);
        var sent = form.Fields.GetValueOrDefault("error_strategy")?.Trim();
        var strategy = string.IsNullOrEmpty(sent) ? ErrorStrategy.Continue : PrintedValues.Read<ErrorStrategy>(sent);
        if (!common.IsSuccess || strategy is null)
        {
            var fault = new FieldError("error_strategy", $"Must be one of {PrintedValues.List<ErrorStrategy>()}.");
            return RequestProblems.Invalid([.. common.Error?.Fields ?? [], .. strategy is null ? [fault] : Array.Empty<FieldError>()]);
        }

        var terms = common.Value;
        return new BatchTerms(strategy.Value, terms.Priority ?? Priority.Low, terms.BudgetUsd, terms.Kind, terms.SchemaName, terms.Tags);
    }

    /// <summary>The identity of everything that was sent; complete when the files have been read.</summary>
    public Fingerprint Payload() => Fingerprint.Of(
    [
        .. _read.Select(static (file, index) => ($"file {index} {file.Name}", file.Hash)),
        .. form.Fields.OrderBy(static field => field.Key, StringComparer.Ordinal).Select(static field => ("field " + field.Key, field.Value)),
    ]);

    /// <summary>Reads the form to its end and keeps nothing but its identity.</summary>
    public async Task<Result<Fingerprint>> ReadPayloadAsync(CancellationToken ct)
    {
        await foreach (var _ in FilesAsync(ct))
        {
            // Asking for the next file reads this one.
        }

        return Payload();
    }

    /// <summary>Hashes what passes, whoever reads it.</summary>
    private sealed class HashingStream(Stream content) : ForwardStream
    {
        private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

        /// <summary>Reads what nobody read, and gives the identity of all.</summary>
        public async Task<string> HashOfAllAsync(CancellationToken ct)
        {
            var buffer = new byte[64 * 1024];
            while (await ReadAsync(buffer, ct) > 0)
            {
                // Reading is hashing.
            }

            return Convert.ToHexStringLower(_hash.GetHashAndReset());
        }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var count = await content.ReadAsync(buffer, cancellationToken);
            _hash.AppendData(buffer.Span[..count]);
            return count;
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                _hash.Dispose();
            }

            base.Dispose(disposing);
        }
    }
}
