// SPDX-License-Identifier: BSD-3-Clause
using System.Text;
using Tci.Contracts;
using Tci.Grains.Jobs;

namespace Tci.Grains.Probes;

/// <summary>The grain through which filters are compiled on a probe. It remembers nothing; the compiler keeps the answers for a while.</summary>
public class FilterCheck(IFilterCompiler compiler) : IFilterCheck
{
    public Task<Answer<FilterVerdict>> Check(CheckFilter request)
    {
        if (Encoding.UTF8.GetByteCount(request.Filter) > JobSpecRules.FilterBytesMax)
        {
            return Task.FromResult<Answer<FilterVerdict>>(new Problem(
                ProblemCodes.FilterTooLong, $"A filter has at most {JobSpecRules.FilterBytesMax} bytes.", Field: "filter"));
        }

        return request.Filter.Length == 0 ? Task.FromResult<Answer<FilterVerdict>>(new FilterVerdict(false, 0)) : compiler.Check(request.Filter);
    }
}
