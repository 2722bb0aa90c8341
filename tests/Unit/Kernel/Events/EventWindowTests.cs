using Idp.Application.Kernel.Events;

namespace Idp.Unit.Kernel.Events;

public sealed class EventWindowTests
{
    [Fact]
    public void The_oldest_make_room_when_there_are_too_many()
    {
        var window = new EventWindow(2, 1_000);
        Fill(window, "a", "b", "c");

        window.Horizon.ShouldBe(1);
        window.Read(null, window.Horizon, 10).Select(logged => logged.Data).ShouldBe(["b", "c"]);
    }

    [Fact]
    public void The_oldest_make_room_when_there_is_too_much()
    {
        var window = new EventWindow(100, 10);
        Fill(window, "aaaaa", "bbbbb", "cc");

        window.Horizon.ShouldBe(1);
        window.Read(null, window.Horizon, 10).Select(logged => logged.Data).ShouldBe(["bbbbb", "cc"]);
    }

    [Fact]
    public void An_event_larger_than_the_window_is_kept_alone()
    {
        var window = new EventWindow(100, 3);
        Fill(window, "a", "bbbbbbbbb");

        window.Read(null, window.Horizon, 10).Select(logged => logged.Data).ShouldBe(["bbbbbbbbb"]);
    }

    [Fact]
    public void A_new_beginning_forgets_what_was()
    {
        var window = new EventWindow(2, 1_000);
        Fill(window, "a", "b", "c");

        window.Reset(7);

        (window.Horizon, window.Last).ShouldBe((7, 7));
        window.Read(null, 7, 10).ShouldBeEmpty();
    }

    private static void Fill(EventWindow window, params string[] data)
    {
        foreach (var (index, text) in data.Index())
        {
            window.Append(new LoggedEvent(index + 1, "doc_a", "happened", text, DateTimeOffset.UnixEpoch));
        }
    }
}
