using Idp.Application.Kernel.Blobs;
using Idp.Infrastructure.Kernel.Blobs.FileSystem;
using Idp.Infrastructure.Kernel.Blobs.S3;
using Microsoft.Extensions.DependencyInjection;

namespace Idp.Infrastructure.Kernel.Blobs;

/// <summary>Registers where blobs are kept.</summary>
internal static class BlobServices
{
    /// <summary>Adds the store that <see cref="StorageOptions.Provider"/> names; with S3, <see cref="S3Options"/> must be registered too.</summary>
    public static IServiceCollection AddBlobs(this IServiceCollection services, StorageOptions storage) => storage.IsS3
        ? services
            .AddSingleton<S3Connection>()
            .AddSingleton<LocalFolder>()
            .AddSingleton<LocalCopies>()
            .AddSingleton<S3BlobStore>()
            .AddSingleton<IBlobStore>(static provider => provider.GetRequiredService<S3BlobStore>())
            .AddSingleton<IPreparedAtStart>(static provider => provider.GetRequiredService<S3BlobStore>())
            .AddSingleton<ILocalBlobs, S3LocalBlobs>()
        : services
            .AddSingleton<FileSystemBlobStore>()
            .AddSingleton<IBlobStore>(static provider => provider.GetRequiredService<FileSystemBlobStore>())
            .AddSingleton<ILocalBlobs>(static provider => provider.GetRequiredService<FileSystemBlobStore>())
            .AddSingleton<IPreparedAtStart>(static provider => provider.GetRequiredService<FileSystemBlobStore>());
}
