// SPDX-License-Identifier: BSD-3-Clause
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

// Every struct here is laid out as in C; a test compares the sizes.
[assembly: DisableRuntimeMarshalling]

namespace Tci.Probe.Interop;

/// <summary>libtcicapture.so as tci_capture.h declares it. <see cref="CaptureLibrary"/> is what the rest of the probe calls.</summary>
internal static partial class Native
{
    public const string Library = "tcicapture";

    [LibraryImport(Library, EntryPoint = "tci_capture_launch", StringMarshalling = StringMarshalling.Utf8)]
    public static partial TciCode Launch(string socket, string? program, int timeoutMs, out TciError error);

    [LibraryImport(Library, EntryPoint = "tci_capture_start", StringMarshalling = StringMarshalling.Utf8)]
    public static partial TciCode Start(string socket, string directory, int timeoutMs, out CaptureHandle capture, out TciError error);

    [LibraryImport(Library, EntryPoint = "tci_capture_open", StringMarshalling = StringMarshalling.Utf8)]
    public static partial TciCode Open(string directory, out CaptureHandle capture, out TciError error);

    [LibraryImport(Library, EntryPoint = "tci_capture_start_at")]
    public static partial TciCode StartAt(CaptureHandle capture, long unixNs, out TciError error);

    [LibraryImport(Library, EntryPoint = "tci_capture_stop")]
    public static partial TciCode Stop(CaptureHandle capture, out TciError error);

    [LibraryImport(Library, EntryPoint = "tci_capture_status")]
    public static partial TciCode Status(CaptureHandle capture, out TciStatus status, out TciError error);

    [LibraryImport(Library, EntryPoint = "tci_capture_repair", StringMarshalling = StringMarshalling.Utf8)]
    public static partial TciCode Repair(string socket, string directory, int timeoutMs, out TciError error);

    [LibraryImport(Library, EntryPoint = "tci_capture_check_filter", StringMarshalling = StringMarshalling.Utf8)]
    public static partial TciCode CheckFilter(
        string socket, ReadOnlySpan<byte> filter, nuint filterBytes, int linkType, int snaplen, int timeoutMs, out int instructions, out TciError error);

    [LibraryImport(Library, EntryPoint = "tci_capture_list_sources", StringMarshalling = StringMarshalling.Utf8)]
    public static partial TciCode ListSources(string socket, int timeoutMs, Span<byte> buffer, nuint bufferBytes, out nuint needed, out TciError error);

    [LibraryImport(Library, EntryPoint = "tci_capture_close")]
    public static partial void Close(nint capture);

    /// <summary>A text that lives for ever.</summary>
    [LibraryImport(Library, EntryPoint = "tci_capture_version")]
    public static partial nint Version();

    [LibraryImport(Library, EntryPoint = "tci_capture_struct_bytes")]
    public static partial uint StructBytes(uint which);
}
