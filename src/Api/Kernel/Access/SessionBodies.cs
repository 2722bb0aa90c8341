using Idp.Api.Kernel.Json;

namespace Idp.Api.Kernel.Access;

/// <summary>The key with which a browser signs in.</summary>
/// <param name="Key">One of the service's API keys.</param>
internal sealed record SessionStartBody(string? Key);

/// <summary>Who the caller is.</summary>
/// <param name="Actor">How audit trails name them: role and fingerprint of the key; <c>local</c> while there are no keys.</param>
/// <param name="Role"><c>admin</c>, <c>operator</c> or <c>viewer</c>.</param>
/// <param name="ExpiresAt">When the session ends; null where a key was sent, or none is needed.</param>
internal sealed record SessionBody(string Actor, string Role, string? ExpiresAt)
{
    public static SessionBody Of(AccessKey key, DateTimeOffset? expiresAt) => new(key.Name, key.Role.Print(), expiresAt?.Print());
}

/// <summary>A ticket for an event stream.</summary>
/// <param name="Ticket">The value of the parameter <c>ticket</c>.</param>
/// <param name="ExpiresAt">Until when streams can be opened with it; an open stream goes on.</param>
internal sealed record TicketBody(string Ticket, string ExpiresAt);
