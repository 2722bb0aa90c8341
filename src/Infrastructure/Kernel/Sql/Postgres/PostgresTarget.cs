using Npgsql;

namespace Idp.Infrastructure.Kernel.Sql.Postgres;

/// <summary>The database that a setting means.</summary>
/// <param name="Name">For messages: <c>idp at db.internal:5432</c>, without user and password.</param>
/// <param name="ConnectionString">How to open it; a secret.</param>
internal sealed record PostgresTarget(string Name, string ConnectionString)
{
    private const int DefaultPoolSize = 30;
    private const int PreparedStatements = 200;
    private const int KeepAliveSeconds = 15;

    /// <summary>
    /// What every connection must have: what is committed is on the disk of the server, whatever its own default; and a node that was cut off in the middle of a
    /// transaction does not hold its locks until the network notices.
    /// </summary>
    private const string SessionSettings = "-c synchronous_commit=on -c idle_in_transaction_session_timeout=15s";

    /// <summary>Reads a connection string.</summary>
    /// <exception cref="SetupException">It is none for PostgreSQL; the message does not repeat it.</exception>
    public static PostgresTarget Parse(string setting)
    {
        NpgsqlConnectionStringBuilder builder;
        try
        {
            builder = new NpgsqlConnectionStringBuilder(setting);
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException)
        {
            throw Refused();
        }

        if (string.IsNullOrWhiteSpace(builder.Host) || string.IsNullOrWhiteSpace(builder.Database))
        {
            throw Refused();
        }

        var chosen = new HashSet<string>(builder.Keys, StringComparer.OrdinalIgnoreCase);
        SetUnlessChosen("Maximum Pool Size", DefaultPoolSize);
        SetUnlessChosen("Max Auto Prepare", PreparedStatements);
        SetUnlessChosen("Keepalive", KeepAliveSeconds);
        SetUnlessChosen("Application Name", "idp");
        builder.Options = $"{builder.Options} {SessionSettings}".TrimStart();
        builder.IncludeErrorDetail = false;
        builder.PersistSecurityInfo = false;
        return new PostgresTarget($"{builder.Database} at {builder.Host}:{builder.Port}", builder.ConnectionString);

        void SetUnlessChosen(string keyword, object value)
        {
            if (!chosen.Contains(keyword))
            {
                builder[keyword] = value;
            }
        }
    }

    // Without what was set: it holds a password.
    private static SetupException Refused() => new(
        "DATABASE__CONNECTION_STRING is no connection string for PostgreSQL. Set it to one such as Host=localhost;Port=5432;Database=idp;Username=idp;Password=…");
}
