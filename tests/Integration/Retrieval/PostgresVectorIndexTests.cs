using System.Globalization;
using Dapper;
using Idp.Application.Documents.Ports;
using Idp.Application.Retrieval.Ports;
using Idp.Domain.Documents;
using Idp.Domain.Retrieval;
using Idp.Infrastructure.Documents.Postgres;
using Idp.Infrastructure.Kernel.Processes;
using Idp.Infrastructure.Kernel.Sql;
using Idp.Infrastructure.Kernel.Sql.Postgres;
using Idp.Infrastructure.Kernel.Work;
using Idp.Infrastructure.Retrieval.Postgres;
using Idp.Integration.Containers;
using Idp.Integration.Kernel;
using Idp.Unit.Kernel;
using Microsoft.Extensions.Logging.Abstractions;

namespace Idp.Integration.Retrieval;

/// <summary>Vectors in PostgreSQL, as nodes that search them in memory and nodes that leave it to the database.</summary>
public abstract class PostgresVectorIndexContract(PostgresServer server, string search) : VectorIndexContract, IAsyncLifetime
{
    private PostgresTestDatabase _database = null!;
    private WorkSignal _signal = null!;

    protected override ManualTimeProvider Clock => _database.Clock;

    protected override IVectorIndex Vectors => Node.Vectors;

    protected override IChunkIndex Chunks => new PostgresChunkIndex(_database.Database);

    protected override IDocumentRepository Documents => new PostgresDocumentRepository(_database.Database, ProcessIdentity.Current(), _signal);

    private protected VectorNode Node { get; private set; } = null!;

    private protected PostgresDatabase Database => _database.Database;

    public virtual async ValueTask InitializeAsync()
    {
        _database = await PostgresTestDatabase.CreateAsync(server);
        _signal = new WorkSignal(Clock);
        Node = new VectorNode(_database.Database, search);
    }

    // Null when the test was skipped before it had one.
    public async ValueTask DisposeAsync()
    {
        await (Node?.DisposeAsync() ?? ValueTask.CompletedTask);
        _signal?.Dispose();
        await (_database?.DisposeAsync() ?? ValueTask.CompletedTask);
        GC.SuppressFinalize(this);
    }

    private protected Task ExecuteAsync(string sql) => Database.WriteAsync(sql, new { }, TestContext.Current.CancellationToken);

    /// <summary>What one node has for searching.</summary>
    private protected sealed class VectorNode : IAsyncDisposable
    {
        public VectorNode(PostgresDatabase database, string search)
        {
            Indexes = new NearestIndexes(database, new DatabaseOptions { Provider = "postgresql", VectorSearch = search }, NullLogger<NearestIndexes>.Instance);
            Vectors = new PostgresVectorIndex(database, Indexes);
        }

        public NearestIndexes Indexes { get; }

        public PostgresVectorIndex Vectors { get; }

        public async ValueTask DisposeAsync()
        {
            Vectors.Dispose();
            await Indexes.DisposeAsync();
        }
    }
}

public sealed class PostgresVectorIndexTests(PostgresServer server) : PostgresVectorIndexContract(server, "memory");

/// <summary>With pgvector.</summary>
public sealed class PostgresNearestIndexTests(PostgresServer server) : PostgresVectorIndexContract(server, "auto")
{
    private const int Dimensions = 24;

    private static readonly VectorSpace Space = new("space");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        (await Node.Indexes.MakeAsync(3, Ct)).ShouldBeTrue();
    }

    [Fact]
    public async Task Vectors_that_were_there_before_the_extension_get_their_index_when_a_node_starts_and_lose_nothing_with_it()
    {
        await ExecuteAsync("DROP EXTENSION vector CASCADE");
        await using var before = new VectorNode(Database, "memory");
        var questions = await FillAsync(before.Vectors, documents: 2, chunks: 150);
        var inMemory = await FindAllAsync(before.Vectors, questions);

        await using var later = new VectorNode(Database, "auto");
        await later.Indexes.WarmUpAsync(Ct);
        await ReadyAsync(later.Indexes);
        (await FindAllAsync(later.Vectors, questions)).ShouldBe(inMemory);

        await ExecuteAsync("DROP EXTENSION vector CASCADE");
        (await FindAllAsync(later.Vectors, questions)).ShouldBe(inMemory);
    }

    [Fact]
    public async Task The_index_finds_nearly_all_that_comparing_everything_finds()
    {
        (await Node.Indexes.MakeAsync(Dimensions, Ct)).ShouldBeTrue();
        var questions = await FillAsync(Vectors, documents: 10, chunks: 300);
        await using var exact = new VectorNode(Database, "memory");

        (await ExplainAsync(questions[0])).ShouldContain(NearestIndexes.NameFor(Dimensions));
        var (found, wanted) = (await FindAllAsync(Vectors, questions), await FindAllAsync(exact.Vectors, questions));
        var recall = wanted.Zip(found, static (all, some) => all.Intersect(some).Count() / (double)all.Count).Average();
        recall.ShouldBeGreaterThan(0.95);
    }

    [Fact]
    public async Task A_filter_that_leaves_little_and_a_space_behind_a_larger_one_are_searched_to_the_end()
    {
        (await Node.Indexes.MakeAsync(Dimensions, Ct)).ShouldBeTrue();
        await FillAsync(Vectors, documents: 8, chunks: 300);
        var texts = Enumerable.Range(0, 60).Select(number => ($"{number}", Direction(new Random(number), null))).ToList();
        var few = await GivenAsync(SampleChunks.Document(Clock, DocumentKind.Loan), texts);
        var chunks = await Chunks.ListAsync(few.Id, Ct);

        var filtered = await Vectors.SearchAsync(Unit(texts[7].Item2), Space, SearchFilter.None with { Kinds = [DocumentKind.Loan] }, 3, Ct);
        await Vectors.ReplaceAsync(few.Id, new VectorSpace("other"), [.. chunks.Zip(texts, static (chunk, text) => new ChunkVector(chunk.Id, Unit(text.Item2)))], Ct);
        var other = await Vectors.SearchAsync(Unit(texts[7].Item2), new VectorSpace("other"), SearchFilter.None, 3, Ct);

        filtered.Select(static match => match.Chunk.Chunk.Text).ShouldBe(other.Select(static match => match.Chunk.Chunk.Text));
        (filtered.Count, filtered[0].Chunk.Chunk.Text).ShouldBe((3, "7"));
    }

    [Fact]
    public async Task An_index_that_was_left_unfinished_is_made_anew_and_until_then_not_used()
    {
        var name = NearestIndexes.NameFor(Dimensions);
        await FillAsync(Vectors, documents: 1, chunks: 20);
        await ReadyAsync(Node.Indexes);
        await ExecuteAsync($"UPDATE pg_index SET indisvalid = false WHERE indexrelid = '{name}'::regclass");

        (await FindAllAsync(Vectors, [Direction(new Random(1), null)]))[0].Count.ShouldBe(10);
        await using var next = new VectorNode(Database, "auto");
        (await next.Indexes.MakeAsync(Dimensions, Ct)).ShouldBeTrue();

        await ReadyAsync(next.Indexes);
    }

    [Fact]
    public async Task Vectors_too_long_for_an_index_are_searched_in_memory()
    {
        var text = new float[NearestIndexes.MostDimensions + 1];
        text[^1] = 1;
        await GivenAsync(SampleChunks.Document(Clock), ("long", text));

        (await Vectors.SearchAsync(text, Space, SearchFilter.None, 10, Ct)).Count.ShouldBe(1);
        (await Node.Indexes.MakeAsync(text.Length, Ct)).ShouldBeFalse();
    }

    private static float[] Direction(Random random, float[]? near) =>
        Unit([.. Enumerable.Range(0, Dimensions).Select(index => (float)((near?[index] ?? 0) + ((random.NextDouble() - 0.5) * (near is null ? 2 : 0.6))))]);

    /// <summary>Documents whose chunks lie around a direction of their own.</summary>
    /// <returns>Questions near some of them.</returns>
    private async Task<IReadOnlyList<float[]>> FillAsync(IVectorIndex vectors, int documents, int chunks)
    {
        var random = new Random(documents * chunks);
        var questions = new List<float[]>();
        for (var number = 0; number < documents; number++)
        {
            var around = Direction(random, null);
            var directions = Enumerable.Range(0, chunks).Select(_ => Direction(random, around)).ToList();
            var document = SampleChunks.Document(Clock);
            await Documents.AddAsync([new DocumentArrival(document, []) { FirstWork = SampleChunks.Work(document, Clock) }], Ct);
            var added = SampleChunks.Chunks(document.Id, Clock, directions.Select((_, ordinal) => string.Create(CultureInfo.InvariantCulture, $"{number}.{ordinal}")));
            await Chunks.ReplaceAsync(document.Id, added, Ct);
            (await vectors.ReplaceAsync(document.Id, Space, [.. added.Zip(directions, static (chunk, direction) => new ChunkVector(chunk.Id, direction))], Ct)).ShouldBeTrue();
            questions.AddRange([Direction(random, directions[0]), Direction(random, directions[^1])]);
        }

        return questions;
    }

    private static async Task<IReadOnlyList<IReadOnlyList<string>>> FindAllAsync(IVectorIndex vectors, IEnumerable<float[]> questions)
    {
        var found = new List<IReadOnlyList<string>>();
        foreach (var question in questions)
        {
            found.Add([.. (await vectors.SearchAsync(question, Space, SearchFilter.None, 10, Ct)).Select(match => match.Chunk.Chunk.Text)]);
        }

        return found;
    }

    private async Task ReadyAsync(NearestIndexes indexes)
    {
        while (!await Database.ReadAsync(connection => indexes.AreReadyAsync(connection, Dimensions, Ct), Ct))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, Ct);
        }
    }

    private async Task<string> ExplainAsync(float[] question)
    {
        await using var connection = await Database.OpenAsync(Ct);
        await using var transaction = await connection.BeginTransactionAsync(Ct);
        await connection.ExecuteAsync(new CommandDefinition(NearestSql.PreferIndex, transaction: transaction, cancellationToken: Ct));
        var lines = await connection.QueryAsync<string>(new CommandDefinition(
            "EXPLAIN " + NearestSql.FindByIndex(Dimensions, NearestSql.InSpace), new { Question = question, Space = Space.Name, Most = 100 }, transaction, cancellationToken: Ct));
        return string.Join('\n', lines);
    }
}
