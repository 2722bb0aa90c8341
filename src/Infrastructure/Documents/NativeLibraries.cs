using System.Reflection;
using System.Runtime.InteropServices;

namespace Idp.Infrastructure.Documents;

/// <summary>Finds the native libraries under the names that different systems give them.</summary>
internal static class NativeLibraries
{
    private static int _isRegistered;

    /// <summary>The name under which bindings ask for Leptonica.</summary>
    public const string Leptonica = "idp-leptonica";

    /// <summary>The name under which bindings ask for Tesseract.</summary>
    public const string Tesseract = "idp-tesseract";

    /// <summary>File names to try, best first.</summary>
    public static IReadOnlyList<string> NamesOf(string library) => library switch
    {
        Leptonica => ["liblept.so.5", "libleptonica.so.6", "liblept.so", "libleptonica.so"],
        Tesseract => ["libtesseract.so.5", "libtesseract.so"],
        _ => [],
    };

    /// <summary>Makes this assembly's bindings look under those names; call before the first native call, as often as you like.</summary>
    public static void Register()
    {
        if (Interlocked.Exchange(ref _isRegistered, 1) == 0)
        {
            NativeLibrary.SetDllImportResolver(typeof(NativeLibraries).Assembly, Resolve);
        }
    }

    /// <summary>True when the library is on this system.</summary>
    public static bool IsPresent(string library) => Resolve(library, typeof(NativeLibraries).Assembly, null) != 0;

    private static nint Resolve(string library, Assembly assembly, DllImportSearchPath? searchPath)
    {
        foreach (var name in NamesOf(library))
        {
            if (NativeLibrary.TryLoad(name, assembly, searchPath, out var handle))
            {
                return handle;
            }
        }

        return 0;
    }
}
