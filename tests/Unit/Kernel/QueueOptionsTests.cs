using System.ComponentModel.DataAnnotations;
using Idp.Infrastructure.Kernel.Sql;
using Idp.Infrastructure.Kernel.Work;
using Idp.Infrastructure.Kernel.Work.RabbitMq;

namespace Idp.Unit.Kernel;

public sealed class QueueOptionsTests
{
    [Theory]
    [InlineData("amqp://broker", "broker:5672/")]
    [InlineData("amqp://idp:hush-hush@broker.internal:5673/idp", "broker.internal:5673/idp")]
    [InlineData("amqps://idp:hush-hush@broker/%2f", "broker:5671/")]
    public void An_address_is_named_without_user_and_password(string address, string name)
    {
        Faults(address).ShouldBeEmpty();
        RabbitTarget.TryParse(address).ShouldNotBeNull().Name.ShouldBe(name);
    }

    [Theory]
    [InlineData("")]
    [InlineData("broker:5672")]
    [InlineData("http://hush-hush@broker")]
    [InlineData("amqp://")]
    [InlineData("amqp://idp:hush-hush@broker/a/b")]
    public void What_is_no_address_of_a_broker_is_refused_and_not_repeated(string address) =>
        Faults(address).ShouldHaveSingleItem().ShouldNotContain("hush-hush");

    [Fact]
    public void Without_a_broker_no_address_is_needed() => new QueueOptions().Validate(new ValidationContext(this)).ShouldBeEmpty();

    [Fact]
    public void A_broker_needs_a_database_that_nodes_can_share()
    {
        var rabbit = new QueueOptions { Provider = "rabbitmq", Uri = "amqp://broker" };
        var postgres = new DatabaseOptions { Provider = "postgresql", ConnectionString = "Host=db;Database=idp" };

        rabbit.FaultWith(new DatabaseOptions()).ShouldNotBeNull().ShouldContain("DATABASE__PROVIDER");
        rabbit.FaultWith(postgres).ShouldBeNull();
        new QueueOptions().FaultWith(new DatabaseOptions()).ShouldBeNull();
        new QueueOptions().FaultWith(postgres).ShouldBeNull();
    }

    private static IEnumerable<string> Faults(string address) =>
        new QueueOptions { Provider = "rabbitmq", Uri = address }.Validate(new ValidationContext(new object())).Select(fault => fault.ErrorMessage!);
}
