using System.Reflection;
using System.Runtime.CompilerServices;
using FluentValidation;
using Idp.Application.Documents;
using Idp.Domain.Extraction;
using Idp.Domain.Kernel;
using MediatR;
using Microsoft.Extensions.Logging;

namespace Idp.Unit.Architecture;

public sealed class ArchitectureTests
{
    [Fact]
    public void Layers_reference_inwards_only()
    {
        OwnReferences(SolutionMap.Domain).ShouldBeEmpty();
        OwnReferences(SolutionMap.Application).ShouldBe(["Idp.Domain"]);
        OwnReferences(SolutionMap.Infrastructure).ShouldBe(["Idp.Application", "Idp.Domain"]);

        static IEnumerable<string> OwnReferences(Assembly layer) => layer.GetReferencedAssemblies()
            .Select(name => name.Name!).Where(name => name.StartsWith("Idp.", StringComparison.Ordinal)).Order(StringComparer.Ordinal);
    }

    [Fact]
    public void The_domain_needs_nothing_but_the_base_library() => SolutionMap.Domain.GetReferencedAssemblies()
        .Select(name => name.Name!).Where(name => !name.StartsWith("System", StringComparison.Ordinal)).ShouldBeEmpty();

    [Fact]
    public void Every_type_lives_in_a_known_module() => SolutionMap.Types()
        .Where(type => SolutionMap.Locate(type) is { Module: { } module } && !SolutionMap.MayKnow.ContainsKey(module) && !SolutionMap.Composes(type))
        .Select(type => type.FullName).ShouldBeEmpty();

    [Fact]
    public void Modules_know_only_what_the_map_allows() => SolutionMap.Types().SelectMany(ForeignUses).Distinct().ShouldBeEmpty();

    [Fact]
    public void The_api_uses_no_ports() => SolutionMap.Api.GetTypes()
        .Where(type => SolutionMap.Locate(type) is ("Api", not null) && !SolutionMap.Composes(type))
        .SelectMany(type => UsedTypes.Of(type), (type, used) => (type, used))
        .Where(pair => pair.used.Namespace is { } space && space.StartsWith("Idp.Application", StringComparison.Ordinal) && space.EndsWith(".Ports", StringComparison.Ordinal)
            && pair.used.IsInterface)
        .Select(pair => $"{pair.type.FullName} uses {pair.used.FullName}").ShouldBeEmpty();

    [Fact]
    public void The_module_map_has_no_cycle()
    {
        foreach (var module in SolutionMap.MayKnow.Keys)
        {
            Reachable(module).ShouldNotContain(module);
        }

        static HashSet<string> Reachable(string module)
        {
            var reached = new HashSet<string>(StringComparer.Ordinal);
            var open = new Queue<string>(SolutionMap.MayKnow[module]);
            while (open.TryDequeue(out var next))
            {
                if (reached.Add(next))
                {
                    Array.ForEach(SolutionMap.MayKnow[next], open.Enqueue);
                }
            }

            return reached;
        }
    }

    [Fact]
    public void Each_request_is_a_sealed_record_with_one_handler_and_one_validator_and_answers_with_a_result()
    {
        var types = SolutionMap.Application.GetTypes();
        var requests = types.Where(type => Implements(type, typeof(IRequest<>))).ToList();
        requests.ShouldNotBeEmpty();
        foreach (var request in requests)
        {
            var handler = types.Where(type => Closed(type, typeof(IRequestHandler<,>)).Any(contract => contract.GenericTypeArguments[0] == request))
                .ShouldHaveSingleItem(request.Name);
            handler.Name.ShouldBe(request.Name + "Handler");
            (request.IsSealed && handler.IsSealed && handler.IsNotPublic).ShouldBeTrue(request.Name);
            types.Count(type => typeof(IValidator<>).MakeGenericType(request).IsAssignableFrom(type)).ShouldBe(1, request.Name);

            // A behaviour whose constraint the answer does not meet is skipped in silence, and with it the validation.
            Implements(Closed(request, typeof(IRequest<>)).Single().GenericTypeArguments[0], typeof(IFallible<>)).ShouldBeTrue(request.Name);
        }
    }

    [Fact]
    public void The_application_sends_no_requests_to_itself() => SolutionMap.Application.GetTypes()
        .Where(type => UsedTypes.Of(type).Contains(typeof(IMediator))).Select(type => type.FullName).ShouldBeEmpty();

    [Fact]
    public void Domain_values_never_change() => SolutionMap.Domain.GetTypes().Where(type => !type.IsNestedPrivate)
        .SelectMany(type => type.GetProperties(BindingFlags.Public | BindingFlags.Instance))
        .Where(property => property.SetMethod is { } set && !set.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit)))
        .Select(property => $"{property.DeclaringType}.{property.Name}").ShouldBeEmpty();

    [Fact]
    public void Log_event_ids_are_unique()
    {
        var ids = SolutionMap.Types()
            .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static))
            .Select(method => method.GetCustomAttribute<LoggerMessageAttribute>()?.EventId).OfType<int>().ToList();
        ids.ShouldNotBeEmpty();
        ids.ShouldBeUnique();
    }

    [Fact]
    public void Source_files_stay_short()
    {
        var files = Directory.EnumerateFiles(Path.Combine(Repository.Root, "src"), "*.cs", SearchOption.AllDirectories).ToList();
        files.ShouldNotBeEmpty();
        files.Where(file => File.ReadLines(file).Count() > 300).ShouldBeEmpty();
    }

    [Fact]
    public void The_scanner_sees_what_only_a_method_body_says()
    {
        UsedTypes.Of(typeof(Canary)).ShouldContain(typeof(PageMap));
        typeof(Canary).GetNestedTypes(BindingFlags.NonPublic).SelectMany(UsedTypes.Of).ShouldContain(typeof(ProcessingOptions));
    }

    private static IEnumerable<Type> Closed(Type type, Type open) =>
        type.GetInterfaces().Where(contract => contract.IsGenericType && contract.GetGenericTypeDefinition() == open);

    private static bool Implements(Type type, Type open) => Closed(type, open).Any();

    private static IEnumerable<string> ForeignUses(Type type)
    {
        if (SolutionMap.Locate(type) is not { Module: { } module } from || SolutionMap.Composes(type))
        {
            return [];
        }

        return UsedTypes.Of(type)
            .Where(used => SolutionMap.Locate(used) is { Module: { } other } to && other != module && other != SolutionMap.Kernel
                && !(SolutionMap.MayKnow[module].Contains(other) && IsOpenToOthers(used, to.Layer, other)))
            .Select(used => $"{from.Layer}/{module}: {type.FullName} uses {used.FullName}");
    }

    /// <summary>Other modules see a module's domain values and its contracts; never its ports, use cases, adapters or routes.</summary>
    private static bool IsOpenToOthers(Type type, string layer, string module) =>
        layer == "Domain" || (layer == "Application" && type.Namespace == $"Idp.Application.{module}.Contracts");

#pragma warning disable CA1822, CA1812 // The scanner reads these; nobody calls them.
    private sealed class Canary
    {
        public int InBody() => PageMap.WithoutAccounts([1]).Accounts.Count;

        public async Task<int> InAsyncBody()
        {
            await Task.Yield();
            return new ProcessingOptions().PagesAtOnce;
        }
    }
#pragma warning restore CA1822, CA1812
}
