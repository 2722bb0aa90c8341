using Amazon.S3.Model;

namespace Idp.Infrastructure.Kernel.Blobs.S3;

/// <summary>Puts an object in one piece, signed with its digest, which the service compares with what arrived.</summary>
internal sealed class WholeObjectRequest : PutObjectRequest
{
    /// <summary>Makes the request without its content.</summary>
    public WholeObjectRequest()
    {
        ContentType = "application/octet-stream";
        UseChunkEncoding = false;
        DisablePayloadSigning = false;
    }

    /// <summary>
    /// Not asking before sending: where service and client disagree about who waits for whom, the body's bytes are taken for the next request on the connection. Ceph 16 and
    /// this SDK do disagree now and then.
    /// </summary>
    protected override bool Expect100Continue => false;
}
