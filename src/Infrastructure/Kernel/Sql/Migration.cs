using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Idp.Infrastructure.Kernel.Sql;

/// <summary>One numbered step from an older set of tables to the next.</summary>
/// <param name="Number">Its place, from 1 upwards.</param>
/// <param name="Name">What it does, in a few words.</param>
/// <param name="Sql">Its statements.</param>
internal sealed record Migration(long Number, string Name, string Sql)
{
    /// <summary>Reads what was applied.</summary>
    public const string ReadApplied = "SELECT number AS Number, checksum AS Checksum FROM schema_migrations ORDER BY number";

    /// <summary>Remembers that one was applied.</summary>
    public const string RecordApplied =
        "INSERT INTO schema_migrations (number, name, checksum, applied_at) VALUES (@Number, @Name, @Checksum, @AppliedAt)";

    /// <summary>Identity of the statements; line ends do not count, since version control may change them.</summary>
    public string Checksum { get; } =
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Sql.ReplaceLineEndings("\n"))));

    /// <summary>The migrations that come with the program, in order; files are named <c>0001_words.sql</c>.</summary>
    /// <param name="prefix">Of the resources that hold them, e.g. <c>sqlite-migrations/</c>.</param>
    public static IReadOnlyList<Migration> BuiltIn(string prefix)
    {
        var assembly = typeof(Migration).Assembly;
        return assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(prefix, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(name =>
            {
                using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
                var parts = name[prefix.Length..].Split('_', 2);
                return new Migration(long.Parse(parts[0], CultureInfo.InvariantCulture), parts[1], reader.ReadToEnd());
            })
            .ToList();
    }

    /// <summary>The migrations that are still to be applied.</summary>
    /// <param name="migrations">All that the program knows.</param>
    /// <param name="applied">What the database says it has.</param>
    /// <param name="database">The database's name, for messages.</param>
    /// <exception cref="SetupException">The database was written by a newer or another build of the program.</exception>
    public static IReadOnlyList<Migration> Missing(IReadOnlyList<Migration> migrations, IEnumerable<AppliedMigration> applied, string database)
    {
        var known = applied.ToDictionary(static row => row.Number);
        var newest = migrations.Max(static migration => migration.Number);
        if (known.Keys.Any(number => number > newest))
        {
            throw new SetupException(
                $"The database '{database}' was written by a newer version of this program. Run that version, or set DATABASE__CONNECTION_STRING to another database.");
        }

        var changed = migrations.FirstOrDefault(migration => known.TryGetValue(migration.Number, out var row) && row.Checksum != migration.Checksum);
        if (changed is not null)
        {
            throw new SetupException(
                $"The database '{database}' was made by another build of this program: migration {changed.Number} ({changed.Name}) differs. Run that build, or set DATABASE__CONNECTION_STRING to another database.");
        }

        return [.. migrations.Where(migration => !known.ContainsKey(migration.Number))];
    }
}

/// <summary>A migration that a database says it has.</summary>
internal sealed record AppliedMigration(long Number, string Checksum);
