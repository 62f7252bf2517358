using Microsoft.Extensions.Options;
using Picket.Server.Access;
using Picket.Server.Hosting;

namespace Picket.Server.Integrations;

/// <summary>Checking a draft connects to wherever the caller says.</summary>
internal sealed class DraftLimit(IOptions<UemOptions> options, TimeProvider time)
    : RequestLimit(
        context => context.User.FindFirst(PicketClaims.Actor)?.Value ?? "",
        () => options.Value.DraftsPerMinute,
        time
    );
