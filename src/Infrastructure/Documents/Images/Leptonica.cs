using System.Runtime.InteropServices;

namespace Idp.Infrastructure.Documents.Images;

/// <summary>The functions of Leptonica that are used; names and parameters are the library's own.</summary>
internal static partial class Leptonica
{
    /// <summary>Leptonica's number for the PNG format.</summary>
    public const int FormatPng = 3;

    /// <summary>Messages above this severity only: none.</summary>
    public const int Silent = 6;

    [LibraryImport(NativeLibraries.Leptonica, EntryPoint = "setMsgSeverity")]
    internal static partial int SetMessageSeverity(int severity);

    [LibraryImport(NativeLibraries.Leptonica, EntryPoint = "pixRead", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial PixHandle Read(string path);

    [LibraryImport(NativeLibraries.Leptonica, EntryPoint = "pixReadTiff", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial PixHandle ReadTiff(string path, int index);

    [LibraryImport(NativeLibraries.Leptonica, EntryPoint = "pixReadMem")]
    internal static partial PixHandle ReadMemory(ReadOnlySpan<byte> bytes, nuint length);

    [LibraryImport(NativeLibraries.Leptonica, EntryPoint = "pixDestroy")]
    internal static partial void Destroy(ref nint pix);

    [LibraryImport(NativeLibraries.Leptonica, EntryPoint = "pixGetWidth")]
    internal static partial int Width(PixHandle pix);

    [LibraryImport(NativeLibraries.Leptonica, EntryPoint = "pixGetHeight")]
    internal static partial int Height(PixHandle pix);

    [LibraryImport(NativeLibraries.Leptonica, EntryPoint = "pixGetDepth")]
    internal static partial int Depth(PixHandle pix);

    [LibraryImport(NativeLibraries.Leptonica, EntryPoint = "pixGetSpp")]
    internal static partial int SamplesPerPixel(PixHandle pix);

    [LibraryImport(NativeLibraries.Leptonica, EntryPoint = "pixGetWpl")]
    internal static partial int WordsPerLine(PixHandle pix);

    [LibraryImport(NativeLibraries.Leptonica, EntryPoint = "pixGetData")]
    internal static unsafe partial uint* Data(PixHandle pix);

    [LibraryImport(NativeLibraries.Leptonica, EntryPoint = "pixEndianByteSwap")]
    internal static partial int SwapBytes(PixHandle pix);

    [LibraryImport(NativeLibraries.Leptonica, EntryPoint = "pixRemoveColormap")]
    internal static partial PixHandle RemoveColormap(PixHandle pix, int type);

    [LibraryImport(NativeLibraries.Leptonica, EntryPoint = "pixConvertTo8")]
    internal static partial PixHandle ConvertTo8(PixHandle pix, int keepColormap);

    [LibraryImport(NativeLibraries.Leptonica, EntryPoint = "pixConvertTo8Or32")]
    internal static partial PixHandle ConvertTo8Or32(PixHandle pix, int copy, int warn);

    [LibraryImport(NativeLibraries.Leptonica, EntryPoint = "pixAlphaBlendUniform")]
    internal static partial PixHandle BlendAlpha(PixHandle pix, uint color);

    [LibraryImport(NativeLibraries.Leptonica, EntryPoint = "pixScale")]
    internal static partial PixHandle Scale(PixHandle pix, float across, float down);

    [LibraryImport(NativeLibraries.Leptonica, EntryPoint = "pixUnsharpMasking")]
    internal static partial PixHandle Sharpen(PixHandle pix, int halfWidth, float fraction);

    [LibraryImport(NativeLibraries.Leptonica, EntryPoint = "pixRotateOrth")]
    internal static partial PixHandle RotateQuarters(PixHandle pix, int clockwiseQuarters);

    [LibraryImport(NativeLibraries.Leptonica, EntryPoint = "pixFlipLR")]
    internal static partial PixHandle Mirror(nint none, PixHandle pix);

    [LibraryImport(NativeLibraries.Leptonica, EntryPoint = "pixWriteMem")]
    internal static partial int WriteMemory(out nint data, out nuint length, PixHandle pix, int format);

    [LibraryImport(NativeLibraries.Leptonica, EntryPoint = "lept_free")]
    internal static partial void Free(nint memory);
}

/// <summary>Owns a Leptonica picture.</summary>
internal sealed class PixHandle : SafeHandle
{
    public PixHandle()
        : base(0, ownsHandle: true)
    {
    }

    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        Leptonica.Destroy(ref handle);
        return true;
    }
}
