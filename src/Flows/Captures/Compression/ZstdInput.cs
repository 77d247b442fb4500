// SPDX-License-Identifier: BSD-3-Clause
using System.ComponentModel;
using System.Diagnostics;

namespace Tci.Flows.Captures.Compression;

/// <summary>
/// The content of a zstd file, decoded by the program <c>zstd</c> as a child. A thread feeds the child; pipes bound
/// what is between. The child's window is bounded by its own default of 128 MiB.
/// </summary>
internal sealed class ZstdInput : ForwardStream
{
    // How long the child may take to end after its last byte, or after it was killed.
    private static readonly TimeSpan EndDeadline = TimeSpan.FromSeconds(10);

    private const int FeedBytes = 64 * 1024;
    private const int MessageCharsMax = 500;

    private readonly Stream input;
    private readonly Process child;
    private readonly Stream decoded;
    private readonly Thread feeder;
    private readonly Task<string> message;
    private Exception? feedError;
    private bool ended;

    /// <exception cref="IOException">There is no program <c>zstd</c>.</exception>
    public ZstdInput(string name, Stream input)
    {
        this.input = input;
        child = Start(name);
        decoded = child.StandardOutput.BaseStream;
        message = ReadMessage(child.StandardError);
        feeder = new Thread(Feed) { IsBackground = true, Name = "zstd feeder" };
        feeder.Start();
    }

    /// <exception cref="InvalidDataException">The data is damaged or cut off; all before it was read.</exception>
    /// <exception cref="IOException">The input cannot be read, or the child does not end.</exception>
    public override int Read(Span<byte> buffer)
    {
        if (ended || buffer.Length == 0)
            return 0;
        var read = decoded.Read(buffer);
        if (read > 0)
            return read;
        ended = true;
        CheckEnd();
        return 0;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            if (!child.HasExited)
                child.Kill();
            child.WaitForExit(EndDeadline);
            // An input that waits for its writer (a pipe) keeps the feeder; it is a background thread.
            if (feeder.Join(TimeSpan.FromSeconds(1)))
                input.Dispose();
            child.Dispose();
        }
        base.Dispose(disposing);
    }

    private static Process Start(string name)
    {
        var start = new ProcessStartInfo("zstd")
        {
            ArgumentList = { "--decompress", "--stdout", "--quiet", "--no-progress" },
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // Options from the environment are the user's for packing files; here they could change the output.
        start.Environment.Remove("ZSTD_CLEVEL");
        start.Environment.Remove("ZSTD_NBTHREADS");
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception error)
        {
            throw new IOException($"{name} is compressed with zstd, and the program zstd that reads it cannot be started ({error.Message}). Install it (Debian: apt-get install zstd) or decompress the file.", error);
        }
    }

    private static async Task<string> ReadMessage(StreamReader errors)
    {
        var text = new char[MessageCharsMax];
        var length = await errors.ReadBlockAsync(text).ConfigureAwait(false);
        // The rest is read and dropped, so that the child never waits for it.
        var rest = new char[FeedBytes];
        while (await errors.ReadAsync(rest).ConfigureAwait(false) > 0)
        {
        }
        return new string(text, 0, length);
    }

    private void Feed()
    {
        var buffer = new byte[FeedBytes];
        try
        {
            using var pipe = child.StandardInput.BaseStream;
            int read;
            while ((read = ReadInput(buffer)) > 0)
                pipe.Write(buffer, 0, read);
        }
        catch (Exception error) when (error is IOException or ObjectDisposedException or InvalidOperationException)
        {
            // The child ended before its input, and its exit code tells why; or this was disposed while it waited for input.
        }
    }

    private int ReadInput(byte[] buffer)
    {
        try
        {
            return input.Read(buffer);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ObjectDisposedException)
        {
            feedError = error;
            return 0;
        }
    }

    private void CheckEnd()
    {
        if (!child.WaitForExit(EndDeadline) || !feeder.Join(EndDeadline))
            throw new IOException($"zstd did not end within {EndDeadline.TotalSeconds} seconds after its last byte.");
        if (feedError is not null)
            throw new IOException(feedError.Message, feedError);
        if (child.ExitCode == 0)
            return;
        var said = message.Wait(EndDeadline) ? message.Result.Trim().ReplaceLineEndings(" ") : "";
        throw new InvalidDataException($"the zstd data is damaged or cut off (zstd says: {said})");
    }
}
