using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Idp.Infrastructure.Kernel.Work.RabbitMq;

/// <summary>Tells what the operator must mend from what passes by itself.</summary>
internal static class RabbitFailures
{
    private const string Mend = "correct QUEUE__URI";

    /// <summary>What to tell when the broker refuses this node for good; null when it may succeed later.</summary>
    public static SetupException? AtStart(string broker, Exception exception) => Chain(exception).Select(cause => Explain(cause)).FirstOrDefault(mend => mend is not null) is { } mend
        ? new SetupException($"The broker {broker} refuses this node: {mend}", exception)
        : null;

    private static string? Explain(Exception exception) => exception switch
    {
        AuthenticationFailureException or PossibleAuthenticationFailureException => $"{Mend}'s user and password.",
        OperationInterruptedException { ShutdownReason.ReplyCode: Constants.AccessRefused } => "give its user the rights to configure, write and read (rabbitmqctl set_permissions).",
        OperationInterruptedException { ShutdownReason.ReplyCode: Constants.NotAllowed } => $"create the virtual host (rabbitmqctl add_vhost), or {Mend}.",
        OperationInterruptedException { ShutdownReason.ReplyCode: Constants.PreconditionFailed } => "a queue of the same name was made by another program or version; delete it, nothing is lost with it.",
        _ => null,
    };

    private static IEnumerable<Exception> Chain(Exception exception)
    {
        for (var cause = exception; cause is not null; cause = cause.InnerException)
        {
            yield return cause;
        }
    }
}
