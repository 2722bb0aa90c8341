using Dapper;
using Idp.Infrastructure.Kernel;
using Idp.Infrastructure.Kernel.Sql;
using Idp.Infrastructure.Kernel.Sql.Postgres;
using Idp.Integration.Containers;
using Npgsql;

namespace Idp.Integration.Kernel;

public sealed class PostgresDatabaseTests(PostgresServer server) : IAsyncLifetime
{
    private readonly List<PostgresDatabase> _opened = [];
    private string _bare = string.Empty;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _bare = await server.CreateBareDatabaseAsync();

    public async ValueTask DisposeAsync()
    {
        foreach (var database in _opened)
        {
            await database.DisposeAsync();
        }

        if (_bare.Length > 0)
        {
            await server.DropDatabaseAsync(_bare);
        }
    }

    [Fact]
    public async Task Every_connection_commits_to_the_disk_whatever_the_servers_default()
    {
        await ExecuteAsync($"ALTER DATABASE {new NpgsqlConnectionStringBuilder(_bare).Database} SET synchronous_commit = off");

        await using var connection = await At(_bare).OpenAsync(Ct);

        (await connection.ExecuteScalarAsync<string>("SHOW synchronous_commit")).ShouldBe("on");
    }

    [Fact]
    public async Task Nodes_that_start_together_apply_each_migration_once()
    {
        var databases = Enumerable.Range(0, 6).Select(_ => At(_bare)).ToList();

        await Task.WhenAll(databases.Select(database => Task.Run(() => database.PrepareAsync(Ct), Ct)));

        await using var connection = await databases[0].OpenAsync(Ct);
        (await connection.ExecuteScalarAsync<long>("SELECT count(*) FROM schema_migrations")).ShouldBe(PostgresMigrator.BuiltIn().Count);
    }

    [Fact]
    public async Task A_migration_that_fails_leaves_no_trace()
    {
        await using var connection = await At(_bare).OpenAsync(Ct);
        IReadOnlyList<Migration> migrations =
            [.. PostgresMigrator.BuiltIn(), new(9_000, "more", "CREATE TABLE more (id BIGINT)"), new(9_001, "broken", "CREATE NONSENSE")];

        await Should.ThrowAsync<PostgresException>(() => PostgresMigrator.ApplyAsync(connection, "idp", migrations, DateTimeOffset.UnixEpoch, Ct));

        (await connection.ExecuteScalarAsync<long>("SELECT count(*) FROM information_schema.tables WHERE table_name = 'more'")).ShouldBe(0);
    }

    [Fact]
    public async Task A_database_of_another_program_is_left_alone()
    {
        await ExecuteAsync("CREATE TABLE recipes (id BIGINT)");

        (await Should.ThrowAsync<SetupException>(() => At(_bare).PrepareAsync(Ct))).Message.ShouldContain("another program");
    }

    [Fact]
    public async Task A_database_of_a_newer_version_is_refused()
    {
        await At(_bare).PrepareAsync(Ct);
        await ExecuteAsync("INSERT INTO schema_migrations VALUES (9999, 'future', 'x', 'x')");

        (await Should.ThrowAsync<SetupException>(() => At(_bare).PrepareAsync(Ct))).Message.ShouldContain("newer version");
    }

    [Fact]
    public async Task A_database_that_does_not_exist_is_named_with_the_mend()
    {
        var missing = new NpgsqlConnectionStringBuilder(_bare) { Database = "nowhere" }.ConnectionString;

        var exception = await Should.ThrowAsync<SetupException>(() => At(missing).PrepareAsync(Ct));

        exception.Message.ShouldContain("nowhere");
        exception.Message.ShouldContain("CREATE DATABASE");
    }

    [Fact]
    public async Task A_server_that_does_not_answer_is_named_without_the_password()
    {
        var exception = await Should.ThrowAsync<SetupException>(
            () => At("Host=127.0.0.1;Port=1;Database=idp;Username=idp;Password=hush-hush;Timeout=2").PrepareAsync(Ct));

        exception.Message.ShouldContain("127.0.0.1:1");
        exception.Message.ShouldContain("cannot be reached");
        exception.ToString().ShouldNotContain("hush-hush");
    }

    [Theory]
    [InlineData("artifacts/idp.db")]
    [InlineData("Host=localhost")]
    [InlineData("Host=localhost;Database=idp;Colour=hush-hush")]
    public void A_setting_that_names_no_database_is_refused_and_not_repeated(string setting)
    {
        var exception = Should.Throw<SetupException>(() => PostgresTarget.Parse(setting));

        exception.Message.ShouldContain("Host=");
        exception.Message.ShouldNotContain("hush-hush");
    }

    [Fact]
    public async Task What_answers_false_is_undone()
    {
        var database = At(_bare);

        var isKept = await database.TryCommitAsync(
            async transaction =>
            {
                await transaction.ExecuteAsync("INSERT INTO budget_caps (scope, cap) VALUES ('a', 1)");
                return false;
            },
            Ct);

        isKept.ShouldBeFalse();
        await using var connection = await database.OpenAsync(Ct);
        (await connection.ExecuteScalarAsync<long>("SELECT count(*) FROM budget_caps")).ShouldBe(0);
    }

    [Fact]
    public async Task Transactions_that_stand_in_each_others_way_are_repeated()
    {
        var database = At(_bare);
        await database.WriteAsync("INSERT INTO budget_caps (scope, cap) VALUES ('a', 0), ('b', 0)", new { }, Ct);
        var holders = 0;
        var bothHold = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

        await Task.WhenAll(Task.Run(() => AddAsync("a", "b"), Ct), Task.Run(() => AddAsync("b", "a"), Ct));

        await using var connection = await database.OpenAsync(Ct);
        (await connection.QueryAsync<long>("SELECT cap FROM budget_caps")).ShouldBe([2, 2]);

        Task AddAsync(string first, string second) => database.TryCommitAsync(
            async transaction =>
            {
                await transaction.ExecuteAsync("UPDATE budget_caps SET cap = cap + 1 WHERE scope = @First", new { First = first });
                if (Interlocked.Increment(ref holders) == 2)
                {
                    bothHold.SetResult();
                }

                await bothHold.Task;
                await transaction.ExecuteAsync("UPDATE budget_caps SET cap = cap + 1 WHERE scope = @Second", new { Second = second });
                return true;
            },
            Ct);
    }

    [Fact]
    public async Task Both_databases_have_the_same_migrations_and_the_same_columns_save_for_what_searches_texts()
    {
        using var file = new TestDatabase();
        await using var sqlite = await file.Database.OpenAsync(Ct);
        await using var postgres = await At(_bare).OpenAsync(Ct);

        PostgresMigrator.BuiltIn().Select(migration => (migration.Number, migration.Name)).ShouldBe(
            Infrastructure.Kernel.Sql.Sqlite.SqliteMigrator.BuiltIn().Select(migration => (migration.Number, migration.Name)));
        var own = (await postgres.QueryAsync<string>(
            """
            SELECT table_name || '.' || column_name FROM information_schema.columns
            WHERE table_schema = 'public' AND table_name NOT IN ('nodes', 'provider_gates', 'work_outbox') AND data_type <> 'tsvector'
            """)).Order(StringComparer.Ordinal);
        own.ShouldBe((await sqlite.QueryAsync<string>(
            """
            SELECT tables.name || '.' || columns.name FROM sqlite_master AS tables, pragma_table_info(tables.name) AS columns
            WHERE tables.type = 'table' AND tables.name NOT LIKE 'sqlite_%' AND tables.name NOT LIKE 'chunk_terms%' AND tables.name <> 'chunk_vocabulary'
            """))
            .Order(StringComparer.Ordinal));
    }

    private PostgresDatabase At(string connectionString)
    {
        var database = new PostgresDatabase(new DatabaseOptions { Provider = "postgresql", ConnectionString = connectionString }, TimeProvider.System);
        _opened.Add(database);
        return database;
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(_bare + ";Pooling=false");
        await connection.ExecuteAsync(sql);
    }
}
