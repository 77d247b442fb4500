// SPDX-License-Identifier: BSD-3-Clause
namespace Tci.Contracts;

/// <summary>Compiles filters on the probe a grain lives on; the answers are those of <see cref="IFilterCheck"/>.</summary>
public interface IFilterCompiler
{
    Task<Answer<FilterVerdict>> Check(string filter);
}
