using System.Reflection;

namespace Idp.Api.Kernel;

/// <summary>Which version of the program this is.</summary>
internal static class ProgramVersion
{
    /// <summary>As it was built, such as <c>1.2.0</c>, without the commit.</summary>
    public static string Current { get; } =
        typeof(ProgramVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];
}
