using System.Text;
using System.Text.Json;

namespace Idp.Integration.Faults;

/// <summary>What two runs of the same file must agree on.</summary>
internal static class ComparableResult
{
    /// <summary>A result without the ids that differ from document to document.</summary>
    public static string Of(JsonElement result)
    {
        var text = new StringBuilder();
        foreach (var account in result.GetProperty("accounts").EnumerateArray())
        {
            text.AppendLine($"account {account.GetProperty("account_number")} pages {account.GetProperty("pages")}");
            foreach (var field in account.GetProperty("fields").EnumerateArray())
            {
                text.AppendLine($"{field.GetProperty("name")} = {field.GetProperty("value")} {field.GetProperty("confidence")} {field.GetProperty("evidence")}");
            }

            text.AppendLine(account.GetProperty("tables").ToString());
        }

        return text.ToString();
    }
}
