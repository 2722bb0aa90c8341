using System.Reflection;
using Idp.Application;
using Idp.Domain.Kernel;

namespace Idp.Unit.Architecture;

/// <summary>The layers, the modules, and which module may know which. A change here needs an ADR.</summary>
internal static class SolutionMap
{
    public const string Kernel = "Kernel";

    public static readonly Assembly Domain = typeof(Error).Assembly;
    public static readonly Assembly Application = typeof(ApplicationAssembly).Assembly;
    public static readonly Assembly Infrastructure = Assembly.Load("Idp.Infrastructure");
    public static readonly Assembly Api = Assembly.Load("Idp.Api");

    public static readonly Assembly[] Layers = [Domain, Application, Infrastructure, Api];

    /// <summary>Module → modules that it may know besides Kernel, which knows none.</summary>
    public static readonly Dictionary<string, string[]> MayKnow = new(StringComparer.Ordinal)
    {
        [Kernel] = [],
        ["Documents"] = [],
        ["Batches"] = ["Documents"],
        ["Extraction"] = ["Documents"],
        ["Research"] = [],
        ["Retrieval"] = ["Documents"],
    };

    /// <summary>Folders of the Api layer that put modules together and so may know all of them.</summary>
    public static readonly string[] ComposingFolders = ["CommandLine", "Compatibility", "Dashboard", "Kernel"];

    /// <summary>Namespace <c>Idp.Application.Extraction.Ports</c> → (Application, Extraction); the module is null at a layer's root.</summary>
    public static (string Layer, string? Module)? Locate(Type type) => type.Namespace?.Split('.') switch
    {
        ["Idp", var layer] => (layer, null),
        ["Idp", var layer, var module, ..] => (layer, module),
        _ => null,
    };

    public static bool Composes(Type type) => Locate(type) is ("Api", { } folder) && ComposingFolders.Contains(folder);

    /// <summary>Types that someone wrote, with the compiler's closures and state machines; not what generators put elsewhere.</summary>
    public static IEnumerable<Type> Types() => Layers.SelectMany(layer => layer.GetTypes()).Where(type => Locate(type) is not null);
}
