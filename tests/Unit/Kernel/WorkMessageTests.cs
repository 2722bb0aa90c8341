using System.Text;
using Idp.Domain.Kernel;
using Idp.Domain.Kernel.Work;
using Idp.Infrastructure.Kernel.Work.RabbitMq;
using RabbitMQ.Client;

namespace Idp.Unit.Kernel;

public sealed class WorkMessageTests
{
    private static readonly WorkMessage Sample = new(StrongId.New<WorkItemId>(new ManualTimeProvider()), Priority.Normal, 3);

    [Theory]
    [InlineData(Priority.High, 2)]
    [InlineData(Priority.Normal, 1)]
    [InlineData(Priority.Low, 0)]
    public void A_message_is_read_as_it_was_written(Priority priority, byte onTheWire)
    {
        var message = Sample with { Priority = priority };
        var properties = message.ToProperties();

        properties.Persistent.ShouldBeTrue();
        properties.Priority.ShouldBe(onTheWire);
        WorkMessage.TryRead(properties, message.Body.Span, out var read).ShouldBeTrue();
        read.ShouldBe(message);
    }

    [Theory]
    [InlineData("")]
    [InlineData("wrk_1")]
    [InlineData("doc_0197a5c1d0b07c3e8f4b2a1c9d8e7f60")]
    [InlineData("\uFFFF")]
    public void What_names_no_item_is_none_of_ours(string body) =>
        WorkMessage.TryRead(Sample.ToProperties(), Encoding.UTF8.GetBytes(body), out _).ShouldBeFalse();

    [Fact]
    public void What_has_other_properties_is_none_of_ours()
    {
        Reads(properties => properties.Type = "order").ShouldBeFalse();
        Reads(properties => properties.Priority = 9).ShouldBeFalse();
        Reads(properties => properties.Headers = null).ShouldBeFalse();
        Reads(properties => properties.Headers!["idp-redeliveries"] = "many").ShouldBeFalse();
        Reads(properties => properties.Headers!["idp-redeliveries"] = -1).ShouldBeFalse();
        Reads(_ => { }).ShouldBeTrue();
    }

    private static bool Reads(Action<BasicProperties> change)
    {
        var properties = Sample.ToProperties();
        change(properties);
        return WorkMessage.TryRead(properties, Sample.Body.Span, out _);
    }
}
