using Idp.Application.Kernel.Concurrency;
using Idp.Unit.Kernel.Concurrency;

namespace Idp.Integration.Kernel;

public sealed class InMemorySharedGatesTests : SharedGatesContract
{
    private readonly InMemorySharedGates _gates = new(TimeProvider.System);

    protected override Task<ISharedGates> AtAsync(string node) => Task.FromResult(_gates.At(node));
}
