using System.Text.Json;
using System.Text.Json.Serialization;
using Idp.Simulators.Billing;
using Idp.Simulators.Options;
using Idp.Simulators.Truth;
using Idp.Simulators.Web;

namespace Idp.Simulators;

/// <summary>How the simulator's own records are written: <c>snake_case</c>, choices by name, numbers also from text, unknown names refused.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    NumberHandling = JsonNumberHandling.AllowReadingFromString,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    Converters = [typeof(SnakeCaseNames<WhenFull>), typeof(SnakeCaseNames<RateLimitHeaderMode>), typeof(SnakeCaseNames<TooLargeAs>),
        typeof(SnakeCaseNames<ResponseFormatSupport>), typeof(SnakeCaseNames<RefusedParameter>), typeof(SnakeCaseNames<AbandonedRequests>),
        typeof(SnakeCaseNames<Fault>), typeof(SnakeCaseNames<ErrorShape>), typeof(SnakeCaseNames<Outcome>)])]
[JsonSerializable(typeof(SimulatorOptions))]
[JsonSerializable(typeof(BillSnapshot))]
[JsonSerializable(typeof(BilledCall))]
[JsonSerializable(typeof(IReadOnlyList<RequestRecord>))]
[JsonSerializable(typeof(IReadOnlyList<Fault>))]
[JsonSerializable(typeof(TruthDocument))]
[JsonSerializable(typeof(IReadOnlyList<WebCompany>))]
internal sealed partial class SimulatorJson : JsonSerializerContext;

/// <summary>Choices by their names in <c>snake_case</c>.</summary>
internal sealed class SnakeCaseNames<TEnum>() : JsonStringEnumConverter<TEnum>(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false)
    where TEnum : struct, Enum;
