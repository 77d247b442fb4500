// SPDX-License-Identifier: BSD-3-Clause
using System.Reflection;
using System.Runtime.InteropServices;
using Tci.Contracts;
using Tci.Probe.Installation;

namespace Tci.Probe.Interop;

/// <summary>Finds libtcicapture.so once, and says in words where it looked if it is not there.</summary>
internal static class LibraryLoader
{
    private static readonly Lock s_gate = new();
    private static nint s_library;

    /// <summary>Loads the library where it is not loaded; null when it is, otherwise why not. A failure is not remembered: a later build is found.</summary>
    public static Problem? Load()
    {
        lock (s_gate)
        {
            if (s_library != 0) return null;
            var found = Programs.FindLibrary();
            if (!found.Ok) return found.Problem;
            try
            {
                s_library = NativeLibrary.Load(found.Value);
            }
            catch (Exception e) when (e is DllNotFoundException or BadImageFormatException)
            {
                return new Problem(ProblemCodes.EngineUnavailable, $"{found.Value} cannot be loaded ({e.Message}). Run ./tci build on this machine.");
            }
            NativeLibrary.SetDllImportResolver(typeof(Native).Assembly, Resolve);
            return null;
        }
    }

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? path) => name == Native.Library ? s_library : 0;
}
