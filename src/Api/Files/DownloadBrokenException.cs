// SPDX-License-Identifier: BSD-3-Clause
using Tci.Contracts;

namespace Tci.Api.Files;

/// <summary>A file that is being downloaded is missing, shorter than the manifest says, or its probe is away.</summary>
internal sealed class DownloadBrokenException(Problem problem) : IOException(problem.Message)
{
    public Problem Problem => problem;
}
