using Idp.Infrastructure.Documents.Workers;

namespace Idp.Unit.Documents;

public sealed class WorkerPlacesTests
{
    private readonly WorkerPlaces _places = new(2);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task There_are_as_many_places_as_were_named()
    {
        await TakeAllAsync();

        var third = Wait(WorkerUrgency.Watched);
        third.IsCompleted.ShouldBeFalse();

        _places.Release();
        await third;
    }

    [Fact]
    public async Task Who_is_watched_goes_before_all_in_the_background_and_else_who_came_first()
    {
        await TakeAllAsync();
        var order = new List<string>();
        Task[] waiting =
        [
            NoteAsync("background 1", WorkerUrgency.Background), NoteAsync("background 2", WorkerUrgency.Background),
            NoteAsync("watched 1", WorkerUrgency.Watched), NoteAsync("watched 2", WorkerUrgency.Watched),
        ];

        foreach (var turn in (int[])[2, 3, 0, 1])
        {
            _places.Release();
            await waiting[turn];
        }

        order.ShouldBe(["watched 1", "watched 2", "background 1", "background 2"]);

        async Task NoteAsync(string name, WorkerUrgency urgency)
        {
            await _places.TakeAsync(urgency, Ct);
            order.Add(name);
        }
    }

    [Fact]
    public async Task Who_gave_up_waiting_takes_no_place()
    {
        await TakeAllAsync();
        using var patience = new CancellationTokenSource();
        var gone = _places.TakeAsync(WorkerUrgency.Watched, patience.Token);
        var next = Wait(WorkerUrgency.Background);
        await patience.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(gone);

        _places.Release();
        await next;
        _places.Release();
        await Wait(WorkerUrgency.Background);
    }

    private Task Wait(WorkerUrgency urgency) => _places.TakeAsync(urgency, Ct);

    private async Task TakeAllAsync()
    {
        await Wait(WorkerUrgency.Background);
        await Wait(WorkerUrgency.Background);
    }
}
