using System.Globalization;
using System.Net;
using Idp.Api.Batches;
using Idp.Api.Compatibility;
using Idp.Api.Dashboard;
using Idp.Api.Documents;
using Idp.Api.Extraction;
using Idp.Api.Extraction.Exports;
using Idp.Api.Kernel.Access;
using Idp.Api.Kernel.Costs;
using Idp.Api.Kernel.Events;
using Idp.Api.Kernel.Exports;
using Idp.Api.Kernel.Health;
using Idp.Api.Kernel.Http;
using Idp.Api.Kernel.Json;
using Idp.Api.Kernel.Metrics;
using Idp.Api.Kernel.Problems;
using Idp.Api.Kernel.Settings;
using Idp.Api.Research;
using Idp.Api.Retrieval;
using Idp.Application.Kernel;
using Idp.Domain.Documents;
using Idp.Domain.Research;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Idp.Api.Kernel;

/// <summary>Builds the web server.</summary>
internal static class ApiServer
{
    /// <summary>Where the service listens unless told otherwise.</summary>
    public const string DefaultUrl = "http://127.0.0.1:5015";

    /// <summary>Room for the other parts of a form beside the file.</summary>
    private const long FormOverheadBytes = 1024 * 1024;

    private static readonly TimeSpan ShutdownTimeout = TimeSpan.FromSeconds(20);

    /// <summary>Builds it, ready to be started.</summary>
    /// <param name="settings">What the command line says, before everything else.</param>
    /// <exception cref="SettingsException">Settings are wrong.</exception>
    public static WebApplication Build(IReadOnlyDictionary<string, string?> settings)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions
        {
            // Never the working directory: a tree of links in it once overflowed the stack of a file watcher.
            ContentRootPath = AppContext.BaseDirectory,
            Args = ["--hostBuilder:reloadConfigOnChange=false"],
        });
        builder.Configuration.AddInMemoryCollection(settings);
        CheckUrls(builder.Configuration);
        builder.Services.AddIdp(builder.Configuration);
        builder.Services.AddAccess();
        builder.Services.AddHostedService<QueueDepthService>();
        builder.Services.AddHostedService<AbandonedCallsService>();
        builder.Services.AddHostedService<WorkerLoopService>();
        builder.Services.AddHostedService<BatchWatcherService>();
        builder.Services.AddHostedService<KnowledgeCatchUpService>();
        builder.Services.AddHostedService<WarmUpService>();
        builder.Services.Configure<HostOptions>(static options => options.ShutdownTimeout = ShutdownTimeout);
        builder.Services.Configure<RouteOptions>(static options =>
        {
            options.SetParameterPolicy<IdConstraint<DocumentId>>("document");
            options.SetParameterPolicy<IdConstraint<BatchId>>("batch");
            options.SetParameterPolicy<IdConstraint<JobId>>("job");
        });
        builder.Services.ConfigureHttpJsonOptions(static options => options.SerializerOptions.TypeInfoResolverChain.Insert(0, ApiJson.Default));
        builder.Services.AddOpenApi("v1", static options =>
        {
            options.AddDocumentTransformer(static (document, _, _) =>
            {
                document.Info.Title = "Idp";
                document.Info.Description = "Documents in; accounts, fields and evidence out.";
                return Task.CompletedTask;
            });
            options.DescribeAccess();
        });
        ConfigureServer(builder);

        var app = builder.Build();
        app.UseMiddleware<SecurityHeaders>();
        app.UseMiddleware<ProblemMiddleware>();
        app.UseMiddleware<BrowserGuard>();
        app.UseRouting();
        var answersRequests = app.Services.GetRequiredService<NodeOptions>().AnswersRequests;
        if (answersRequests)
        {
            app.UseLoginAssets();
        }

        app.UseAuthentication();
        app.UseAuthorization();
        app.MapHealth();
        app.MapMetrics();
        if (answersRequests)
        {
            MapRoutes(app);
        }

        return app;
    }

    private static void MapRoutes(WebApplication app)
    {
        app.MapAccess();
        app.MapDocuments();
        app.MapPages();
        app.MapProcessor();
        app.MapBatches();
        app.MapBatchExports();
        app.MapExtraction();
        app.MapReviews();
        app.MapRuns();
        app.MapExports();
        app.MapSchemas();
        app.MapResearch();
        app.MapRubrics();
        app.MapRetrieval();
        app.MapCosts();
        app.MapEvents();
        app.MapBackgroundProcessing();
        app.MapBatchProcessing();
        app.MapResearchJobs();
        app.MapOpenApi();
        app.MapLogin();
        app.MapDashboard();
    }

    private static void CheckUrls(ConfigurationManager configuration)
    {
        if (string.IsNullOrWhiteSpace(configuration[WebHostDefaults.ServerUrlsKey]))
        {
            configuration[WebHostDefaults.ServerUrlsKey] = DefaultUrl;
        }

        // Whether the keys are right is found out with the other settings.
        var hasKeys = !string.IsNullOrWhiteSpace(new SettingsReader(configuration).Read<AccessOptions>("AUTH").Keys);
        if (ListenAddresses.FaultsOf(configuration[WebHostDefaults.ServerUrlsKey]!, hasKeys) is { Count: > 0 } faults)
        {
            throw new SettingsException(faults);
        }
    }

    private static void ConfigureServer(WebApplicationBuilder builder)
    {
        builder.WebHost.ConfigureKestrel(static (_, server) =>
        {
            server.AddServerHeader = false;
            var largestUpload = server.ApplicationServices.GetRequiredService<LimitOptions>().MaxUploadBytes;
            server.Limits.MaxRequestBodySize = Math.Min(largestUpload, long.MaxValue - FormOverheadBytes) + FormOverheadBytes;
            if (!server.ApplicationServices.GetRequiredService<AccessKeys>().AreSet)
            {
                server.ConfigureEndpointDefaults(RefuseOtherThanLoopback);
            }
        });
    }

    /// <summary>Runs for every endpoint before its socket is opened, wherever the endpoint was configured.</summary>
    private static void RefuseOtherThanLoopback(ListenOptions endpoint)
    {
        if (endpoint.IPEndPoint is { } address && !IPAddress.IsLoopback(address.Address))
        {
            throw new SettingsException([string.Create(CultureInfo.InvariantCulture,
                $"The service may not listen on {address}: without API keys (AUTH__KEYS) only loopback addresses are allowed. Set keys, or use --urls {DefaultUrl}.")]);
        }
    }
}
