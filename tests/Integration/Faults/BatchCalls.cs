using System.Net;
using System.Text.Json;

namespace Idp.Integration.Faults;

/// <summary>What a client of batches asks a service for.</summary>
internal static class BatchCalls
{
    /// <summary>Uploads files as one batch, with further form fields, and returns the answer.</summary>
    public static async Task<JsonElement> UploadBatchAsync(
        this ServiceProcess service, IEnumerable<(string Name, byte[] Content)> files, CancellationToken ct, params (string Name, string Value)[] fields)
    {
        using var form = Form(files, fields);
        using var response = await service.Http.PostAsync(new Uri("/v1/batches", UriKind.Relative), form, ct);
        var body = await response.Content.ReadAsStringAsync(ct);
        response.StatusCode.ShouldBe(HttpStatusCode.Accepted, body);
        using var json = JsonDocument.Parse(body);
        return json.RootElement.Clone();
    }

    /// <summary>Waits until the batch is done, one way or another.</summary>
    public static async Task<JsonElement> WaitUntilBatchEndedAsync(this ServiceProcess service, string id, CancellationToken ct)
    {
        while (true)
        {
            var batch = await service.GetAsync($"/v1/batches/{id}", ct);
            if (batch.GetProperty("status").GetString() != "processing")
            {
                return batch;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, ct);
        }
    }

    /// <summary>The form of an upload, its fields first.</summary>
    public static MultipartFormDataContent Form(IEnumerable<(string Name, byte[] Content)> files, params (string Name, string Value)[] fields)
    {
        var form = new MultipartFormDataContent();
        foreach (var (name, value) in fields)
        {
            form.Add(new StringContent(value), name);
        }

        foreach (var (name, content) in files)
        {
            form.Add(new ByteArrayContent(content), "files", name);
        }

        return form;
    }
}
