using System.Text.Encodings.Web;
using System.Text.Json;

namespace Idp.Simulators.Answers;

/// <summary>How models write JSON: compact, and letters of all languages as they are.</summary>
internal static class AnswerText
{
    /// <summary>The writing.</summary>
    public static readonly JsonSerializerOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
