using System.ComponentModel.DataAnnotations;
using Idp.Infrastructure.Kernel.Sql;
using Idp.Infrastructure.Kernel.Work.RabbitMq;

namespace Idp.Infrastructure.Kernel.Work;

/// <summary>What carries work from node to node; section <c>QUEUE</c>.</summary>
public sealed class QueueOptions : IValidatableObject
{
    /// <summary><c>inprocess</c>: nodes look for work in the table themselves. <c>rabbitmq</c>: a broker invites them to it.</summary>
    /// <value>Default <c>inprocess</c>.</value>
    [AllowedValues("inprocess", "rabbitmq")]
    public string Provider { get; init; } = "inprocess";

    /// <summary>Where the broker is, such as <c>amqp://user:password@host:5672/virtual-host</c>, or <c>amqps://…</c>.</summary>
    /// <value>Default empty; needed for <c>rabbitmq</c>.</value>
    public string Uri { get; init; } = string.Empty;

    /// <summary>How long work stays with a node that tells nothing any more, in seconds; then another takes it over.</summary>
    /// <value>5 to 3,600; default 30.</value>
    [Range(5, 3600)]
    public int LeaseSeconds { get; init; } = 30;

    /// <summary>True when RabbitMQ is asked for.</summary>
    internal bool IsRabbitMq => Provider == "rabbitmq";

    /// <summary>The queue's name at the broker.</summary>
    internal string Name { get; init; } = "idp.work";

    /// <summary>What is wrong with this provider before that database; null when nothing is.</summary>
    public string? FaultWith(DatabaseOptions database) => IsRabbitMq && !database.IsPostgres
        ? "QUEUE__PROVIDER is 'rabbitmq', which distributes work between nodes that share a database. Set DATABASE__PROVIDER to 'postgresql', or QUEUE__PROVIDER to 'inprocess'."
        : null;

    /// <inheritdoc />
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        // Without what was set: it holds a password.
        if (IsRabbitMq && RabbitTarget.TryParse(Uri) is null)
        {
            yield return new ValidationResult("QUEUE__PROVIDER is 'rabbitmq', which needs QUEUE__URI, such as amqp://user:password@host:5672/virtual-host");
        }
    }
}
