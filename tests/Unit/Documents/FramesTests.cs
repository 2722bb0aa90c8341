using FsCheck;
using FsCheck.Fluent;
using Idp.Infrastructure.Documents.Workers;

namespace Idp.Unit.Documents;

public sealed class FramesTests
{
    [Fact]
    public void Frames_come_out_as_they_went_in() => Prop.ForAll(ArbMap.Default.ArbFor<byte[][]>(), static payloads =>
    {
        using var stream = new MemoryStream([.. payloads.SelectMany(static payload => Frames.Wrap(payload))]);

        foreach (var payload in payloads)
        {
            Frames.Read(stream).ShouldBe(payload);
        }

        Frames.Read(stream).ShouldBeNull();
    }).QuickCheckThrowOnFailure();

    [Fact]
    public async Task A_large_frame_comes_out_as_it_went_in()
    {
        var payload = new byte[5_000_001];
        new Random(1).NextBytes(payload);
        using var stream = new MemoryStream(Frames.Wrap(payload));

        (await Frames.ReadAsync(stream, TestContext.Current.CancellationToken)).ShouldBe(payload);
    }

    [Fact]
    public async Task A_frame_that_breaks_off_is_an_error()
    {
        using var stream = new MemoryStream(Frames.Wrap([1, 2, 3])[..^1]);

        await Should.ThrowAsync<EndOfStreamException>(() => Frames.ReadAsync(stream, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task An_absurd_length_is_an_error_and_takes_no_memory()
    {
        using var stream = new MemoryStream([0xFF, 0xFF, 0xFF, 0x7F]);

        await Should.ThrowAsync<InvalidDataException>(() => Frames.ReadAsync(stream, TestContext.Current.CancellationToken));
    }
}
