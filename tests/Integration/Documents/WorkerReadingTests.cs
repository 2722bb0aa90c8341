using System.Diagnostics;
using System.Runtime.InteropServices;
using Idp.Application.Documents.Ports;
using Idp.Application.Kernel;
using Idp.Infrastructure.Documents.Workers;

namespace Idp.Integration.Documents;

public sealed class WorkerPageReaderTests : PageReaderContract, IAsyncLifetime
{
    private readonly ReadingHost _host = new();

    private protected override IPageReader Reader => _host.Reader;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    private protected override SourceFile Store(byte[] bytes) => _host.Store(bytes);
}

public sealed class WorkerOcrEngineTests : OcrEngineContract, IAsyncLifetime
{
    private readonly ReadingHost _host = new();

    private protected override IOcrEngine Engine => _host.Ocr;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    private protected override SourceFile Store(byte[] bytes) => _host.Store(bytes);

    [Fact]
    public async Task The_same_picture_in_another_document_is_not_recognised_again()
    {
        var first = Store(new PdfBuilder().AddText(Letter).Build());
        var second = Store(new PdfBuilder().AddText("cover").AddText(Letter).Build());

        await Engine.RecognizeAsync(first, 1, Ct);
        var page = (await Engine.RecognizeAsync(second, 2, Ct)).Value.ShouldNotBeNull();

        page.Number.ShouldBe(2);
        page.Text.ShouldContain("4471203398");
        _host.Cache.Created.ShouldBe(1);
    }
}

public sealed class WorkerFaultTests
{
    private const int SignalBadSystemCall = 31;
    private const int SignalKill = 9;
    private const int SignalStop = 19;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_pool_may_be_disposed_twice_because_the_container_holds_it_under_two_types()
    {
        await using var host = new ReadingHost();
        await host.Pool.DisposeAsync();

        await Should.NotThrowAsync(async () => await host.Pool.DisposeAsync());
    }

    [Theory]
    [InlineData(SignalKill)]
    [InlineData(SignalBadSystemCall)]
    public async Task A_worker_lost_in_the_middle_of_a_page_costs_a_retry(int signal)
    {
        await using var host = new ReadingHost();
        var file = host.Store(PdfBuilder.OfPages("Account Number: 4471203398"));
        host.Cache.BeforeCreate = Once(() => Signal(host, signal));

        var page = await host.Ocr.RecognizeAsync(file, 1, Ct);

        page.Value.ShouldNotBeNull().Text.ShouldContain("4471203398");
        host.Pool.Status.Replaced.ShouldBe(1);
    }

    [Fact]
    public async Task A_page_that_loses_two_workers_is_a_problem_of_that_page_alone()
    {
        await using var host = new ReadingHost();
        var file = host.Store(PdfBuilder.OfPages("Account Number: 4471203398"));
        host.Cache.BeforeCreate = () => Signal(host, SignalBadSystemCall);
        (await host.Ocr.RecognizeAsync(file, 1, Ct)).Error.ShouldNotBeNull().Code.ShouldBe("page.crashes-reader");

        host.Cache.BeforeCreate = static () => { };

        (await host.Ocr.RecognizeAsync(file, 1, Ct)).IsSuccess.ShouldBeTrue();
    }

    [Fact]
    public async Task A_worker_that_hangs_is_ended_at_the_time_limit_and_replaced()
    {
        await using var host = new ReadingHost(new LimitOptions { PageTimeoutSeconds = 10 });
        var file = host.Store(PdfBuilder.OfPages("Account Number: 4471203398"));
        await host.Reader.InspectAsync(file, Ct);
        host.Cache.BeforeCreate = Once(() => Signal(host, SignalStop));

        (await host.Ocr.RecognizeAsync(file, 1, Ct)).Error.ShouldNotBeNull().Code.ShouldBe("page.too-slow");
        (await host.Reader.InspectAsync(file, Ct)).IsSuccess.ShouldBeTrue();
    }

    [Fact]
    public async Task Cancelling_ends_the_work_and_leaves_the_pool_usable()
    {
        await using var host = new ReadingHost();
        var file = host.Store(PdfBuilder.OfPages("Account Number: 4471203398"));
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        host.Cache.BeforeCreate = Once(cancellation.Cancel);

        await Should.ThrowAsync<OperationCanceledException>(() => host.Ocr.RecognizeAsync(file, 1, cancellation.Token));
        (await host.Ocr.RecognizeAsync(file, 1, Ct)).IsSuccess.ShouldBeTrue();
    }

    [Fact]
    public async Task A_worker_ends_when_its_service_is_gone()
    {
        using var worker = Process.Start(new ProcessStartInfo(ReadingHost.Command[0], ReadingHost.Command.Skip(1))
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        }).ShouldNotBeNull();
        var input = worker.StandardInput.BaseStream;
        await input.WriteAsync(Frames.Wrap(new WorkerSettings(1L << 30, 1_000_000, 10, "eng", null), WorkerJson.Default.WorkerSettings), Ct);
        await input.FlushAsync(Ct);
        (await Frames.ReadAsync(worker.StandardOutput.BaseStream, Ct)).ShouldNotBeNull();

        input.Close();

        await worker.WaitForExitAsync(Ct);
    }

    [Fact]
    public async Task No_worker_to_be_had_is_said_so()
    {
        await using var pool = new WorkerPool(
            new WorkerOptions { Command = ["/nowhere/idp", "worker"] }, new(), new(), TimeProvider.System,
            Microsoft.Extensions.Logging.Abstractions.NullLogger<WorkerPool>.Instance);

        (await pool.RunAsync<byte[]>(static (_, _) => throw new InvalidOperationException(), WorkerUrgency.Background, Ct)).Error.ShouldNotBeNull().Code.ShouldBe("worker.unavailable");
    }

    private static Action Once(Action action)
    {
        var done = false;
        return () =>
        {
            if (!done)
            {
                done = true;
                action();
            }
        };
    }

    private static void Signal(ReadingHost host, int signal)
    {
        var process = host.Pool.ProcessIds.ShouldHaveSingleItem();
        Kill(process, signal).ShouldBe(0);

        // The runtime shrugs off a first segmentation fault that no instruction caused; a real one comes back until it is deadly.
        (signal == SignalStop || SpinWait.SpinUntil(() => Kill(process, signal) != 0, TimeSpan.FromSeconds(10))).ShouldBeTrue();
    }

    [DllImport("libc", EntryPoint = "kill")]
    private static extern int Kill(int process, int signal);
}
