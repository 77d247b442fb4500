// SPDX-License-Identifier: BSD-3-Clause
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Tci.Contracts;

/// <summary>The one set of System.Text.Json options for arguments, results and stored state on every host. Unknown members are ignored,
/// and a member that is null is left out: a reader of another version must do without what it does not know, and without what is not there.</summary>
public static class ContractJson
{
    public static readonly JsonSerializerOptions Options = Make();

    public static JsonSerializerOptions Make()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web)
        {
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            RespectNullableAnnotations = true,
            NumberHandling = JsonNumberHandling.Strict,
            MaxDepth = 32,
        };
        options.Converters.Add(new JsonStringEnumConverter(null, allowIntegerValues: false));
        options.Converters.Add(new IsoDurationConverter());
        return options;
    }
}
