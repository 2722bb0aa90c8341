using Dapper;
using Idp.Infrastructure.Kernel;
using Idp.Infrastructure.Kernel.Sql;
using Idp.Infrastructure.Kernel.Sql.Sqlite;
using Microsoft.Data.Sqlite;

namespace Idp.Integration.Kernel;

public sealed class SqliteDatabaseTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly List<SqliteDatabase> _opened = [];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_plain_path_makes_the_file_and_its_folders()
    {
        await At(_folder.File("not/there/yet/idp.db")).PrepareAsync(Ct);

        File.Exists(_folder.File("not/there/yet/idp.db")).ShouldBeTrue();
    }

    [Fact]
    public async Task A_connection_string_works_as_well()
    {
        await At($"Data Source={_folder.File("other.db")};Default Timeout=5").PrepareAsync(Ct);

        File.Exists(_folder.File("other.db")).ShouldBeTrue();
    }

    [Fact]
    public async Task A_path_may_hold_an_equals_sign()
    {
        await At(_folder.File("a=b.db")).PrepareAsync(Ct);

        File.Exists(_folder.File("a=b.db")).ShouldBeTrue();
    }

    [Theory]
    [InlineData("PRAGMA journal_mode", "wal")]
    [InlineData("PRAGMA synchronous", "2")]
    [InlineData("PRAGMA foreign_keys", "1")]
    [InlineData("PRAGMA busy_timeout", "15000")]
    public async Task Every_connection_is_set_up_for_durability(string question, string answer)
    {
        var database = At(_folder.File("idp.db"));

        await using var connection = await database.OpenAsync(Ct);

        (await connection.ExecuteScalarAsync<string>(question)).ShouldBe(answer);
    }

    [Fact]
    public async Task Opening_again_applies_nothing_twice()
    {
        await At(_folder.File("idp.db")).PrepareAsync(Ct);
        var database = At(_folder.File("idp.db"));
        await database.PrepareAsync(Ct);

        await using var connection = await database.OpenAsync(Ct);

        (await connection.ExecuteScalarAsync<long>("SELECT count(*) FROM schema_migrations")).ShouldBe(SqliteMigrator.BuiltIn().Count);
    }

    [Fact]
    public async Task Processes_that_start_together_apply_each_migration_once()
    {
        var databases = Enumerable.Range(0, 8).Select(_ => At(_folder.File("idp.db"))).ToList();

        await Task.WhenAll(databases.Select(database => Task.Run(() => database.PrepareAsync(Ct), Ct)));

        await using var connection = await databases[0].OpenAsync(Ct);
        (await connection.ExecuteScalarAsync<long>("SELECT count(*) FROM schema_migrations")).ShouldBe(SqliteMigrator.BuiltIn().Count);
    }

    [Fact]
    public async Task A_later_migration_is_added_to_what_is_there()
    {
        await At(_folder.File("idp.db")).PrepareAsync(Ct);
        IReadOnlyList<Migration> migrations = [.. SqliteMigrator.BuiltIn(), new(9_000, "more", "CREATE TABLE more (id INTEGER)")];
        await using var connection = await At(_folder.File("idp.db")).OpenAsync(Ct);

        await SqliteMigrator.ApplyAsync(connection, "idp.db", migrations, DateTimeOffset.UnixEpoch, Ct);

        (await connection.ExecuteScalarAsync<long>("SELECT count(*) FROM more")).ShouldBe(0);
    }

    [Fact]
    public async Task A_migration_that_fails_leaves_no_trace()
    {
        await using var connection = await At(_folder.File("idp.db")).OpenAsync(Ct);
        IReadOnlyList<Migration> migrations =
            [.. SqliteMigrator.BuiltIn(), new(9_000, "more", "CREATE TABLE more (id INTEGER)"), new(9_001, "broken", "CREATE NONSENSE")];

        await Should.ThrowAsync<SqliteException>(
            () => SqliteMigrator.ApplyAsync(connection, "idp.db", migrations, DateTimeOffset.UnixEpoch, Ct));

        (await connection.ExecuteScalarAsync<long>("SELECT count(*) FROM sqlite_master WHERE name = 'more'")).ShouldBe(0);
    }

    [Fact]
    public void Migrations_are_numbered_without_gaps() =>
        SqliteMigrator.BuiltIn().Select(migration => migration.Number).ShouldBe(Enumerable.Range(1, SqliteMigrator.BuiltIn().Count).Select(number => (long)number));

    [Fact]
    public async Task A_folder_that_cannot_be_made_is_named_with_the_mend()
    {
        await File.WriteAllTextAsync(_folder.File("file"), "in the way", Ct);

        var exception = await Should.ThrowAsync<SetupException>(() => At(_folder.File("file/idp.db")).PrepareAsync(Ct));

        exception.Message.ShouldContain(_folder.File("file/idp.db"));
        exception.Message.ShouldContain("DATABASE__CONNECTION_STRING");
    }

    [Fact]
    public async Task A_path_that_cannot_be_opened_is_named_with_the_mend()
    {
        Directory.CreateDirectory(_folder.File("idp.db"));

        var exception = await Should.ThrowAsync<SetupException>(() => At(_folder.File("idp.db")).PrepareAsync(Ct));

        exception.Message.ShouldContain("cannot be written");
        exception.Message.ShouldContain("DATABASE__CONNECTION_STRING");
    }

    [Fact]
    public async Task A_file_that_is_no_database_is_left_alone()
    {
        var text = string.Concat(Enumerable.Repeat("This is a letter, not a database. ", 100));
        await File.WriteAllTextAsync(_folder.File("idp.db"), text, Ct);

        var exception = await Should.ThrowAsync<SetupException>(() => At(_folder.File("idp.db")).PrepareAsync(Ct));

        exception.Message.ShouldContain("no SQLite database");
        (await File.ReadAllTextAsync(_folder.File("idp.db"), Ct)).ShouldBe(text);
    }

    [Fact]
    public async Task A_database_of_another_program_is_left_alone()
    {
        await ExecuteAsync("CREATE TABLE recipes (id INTEGER)");

        var exception = await Should.ThrowAsync<SetupException>(() => At(_folder.File("idp.db")).PrepareAsync(Ct));

        exception.Message.ShouldContain("another program");
    }

    [Fact]
    public async Task A_database_of_a_newer_version_is_refused()
    {
        await At(_folder.File("idp.db")).PrepareAsync(Ct);
        await ExecuteAsync("INSERT INTO schema_migrations VALUES (9999, 'future', 'x', 'x')");

        var exception = await Should.ThrowAsync<SetupException>(() => At(_folder.File("idp.db")).PrepareAsync(Ct));

        exception.Message.ShouldContain("newer version");
    }

    [Fact]
    public async Task A_database_whose_migrations_differ_is_refused()
    {
        await At(_folder.File("idp.db")).PrepareAsync(Ct);
        await ExecuteAsync("UPDATE schema_migrations SET checksum = 'x' WHERE number = 1");

        var exception = await Should.ThrowAsync<SetupException>(() => At(_folder.File("idp.db")).PrepareAsync(Ct));

        exception.Message.ShouldContain("migration 1");
    }

    [Theory]
    [InlineData("")]
    [InlineData(":memory:")]
    [InlineData("Data Source=x.db;Mode=Memory")]
    [InlineData("Data Source=x.db;Colour=blue")]
    public async Task A_setting_that_names_no_file_is_refused(string setting)
    {
        var exception = await Should.ThrowAsync<SetupException>(() => At(setting).PrepareAsync(Ct));

        exception.Message.ShouldContain("Set it to a path");
    }

    [Fact]
    public async Task What_answers_false_is_undone()
    {
        var database = At(_folder.File("idp.db"));

        var kept = await database.TryCommitAsync(
            async transaction =>
            {
                await transaction.Connection!.ExecuteAsync("INSERT INTO events (subject, name, data, at) VALUES ('a', 'b', '{}', '')", transaction: transaction);
                return false;
            },
            Ct);

        kept.ShouldBeFalse();
        await using var connection = await database.OpenAsync(Ct);
        (await connection.ExecuteScalarAsync<long>("SELECT count(*) FROM events")).ShouldBe(0);
    }

    public void Dispose()
    {
        _opened.ForEach(database => database.Dispose());
        _folder.Dispose();
    }

    private SqliteDatabase At(string setting)
    {
        var database = new SqliteDatabase(new DatabaseOptions { ConnectionString = setting }, TimeProvider.System);
        _opened.Add(database);
        return database;
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var connection = new SqliteConnection($"Data Source={_folder.File("idp.db")};Pooling=false");
        await connection.ExecuteAsync(sql);
    }
}
