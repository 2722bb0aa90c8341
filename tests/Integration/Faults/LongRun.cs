using System.Globalization;

namespace Idp.Integration.Faults;

/// <summary>How much a test does that can run for as long as one likes; a run of the suite takes little.</summary>
internal static class LongRun
{
    /// <summary>How often the service is killed: <c>IDP_TEST_KILLS</c>.</summary>
    /// <param name="inTheSuite">Where it is not set.</param>
    public static int Kills(int inTheSuite) => Setting("IDP_TEST_KILLS", inTheSuite);

    /// <summary>How many files a batch has: <c>IDP_TEST_BATCH_FILES</c>.</summary>
    /// <param name="inTheSuite">Where it is not set.</param>
    public static int Files(int inTheSuite) => Setting("IDP_TEST_BATCH_FILES", inTheSuite);

    /// <summary>How long a server is away: <c>IDP_TEST_OUTAGE_SECONDS</c>.</summary>
    /// <param name="inTheSuite">Where it is not set.</param>
    public static TimeSpan Outage(TimeSpan inTheSuite) => TimeSpan.FromSeconds(Setting("IDP_TEST_OUTAGE_SECONDS", (int)inTheSuite.TotalSeconds));

    /// <summary>Whether tests that take minutes are to run: where outages are asked for.</summary>
    public static bool IsAskedFor => Setting("IDP_TEST_OUTAGE_SECONDS", 0) > 0;

    private static int Setting(string variable, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.None, CultureInfo.InvariantCulture, out var asked) ? asked : otherwise;
}
