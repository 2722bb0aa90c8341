using Idp.Application;
using Idp.Application.Documents.Ports;
using Idp.Application.Kernel.Blobs;
using Idp.Infrastructure.Kernel;

namespace Idp.Integration.Architecture;

public sealed class ContractCoverageTests
{
    /// <summary>Ports that promise nothing but a status or a restart of their own adapter.</summary>
    private static readonly Type[] WithoutContract = [typeof(IPageWorkers)];

    private static readonly Type[] Tests = typeof(ContractCoverageTests).Assembly.GetTypes();

    [Fact]
    public void Every_adapter_of_a_port_runs_the_contract_suite_of_that_port()
    {
        var adapters = Adapters().ToList();

        adapters.Select(pair => pair.Port).ShouldContain(typeof(IBlobStore));
        adapters.Where(pair => !HasSuite(pair.Port, pair.Adapter)).Select(pair => $"{pair.Adapter.Name} lacks {ContractOf(pair.Port)}").ShouldBeEmpty();
    }

    [Fact]
    public void An_adapter_without_its_suite_is_seen() => HasSuite(typeof(IBlobStore), typeof(ContractCoverageTests)).ShouldBeFalse();

    private static IEnumerable<(Type Port, Type Adapter)> Adapters() =>
        from adapter in typeof(StorageServices).Assembly.GetTypes()
        where adapter is { IsClass: true, IsAbstract: false }
        from port in adapter.GetInterfaces()
        where port.Assembly == typeof(ApplicationAssembly).Assembly && !WithoutContract.Contains(port)
        select (port, adapter);

    private static string ContractOf(Type port) => port.Name[1..] + "Contract";

    private static bool HasSuite(Type port, Type adapter) => Tests.Any(test =>
        !test.IsAbstract && test.Name == adapter.Name + "Tests" && Ancestors(test).Any(ancestor => ancestor.Name == ContractOf(port)));

    private static IEnumerable<Type> Ancestors(Type type)
    {
        for (var ancestor = type.BaseType; ancestor is not null; ancestor = ancestor.BaseType)
        {
            yield return ancestor;
        }
    }
}
