using Picket.Core.Preparation;

namespace Picket.Server.Integrations;

/// <summary>Counts what really goes out in one examination, token requests included, and ends it at its limit.</summary>
internal sealed class CallLimit(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    private int made;

    public int Made => made;

    protected override Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    )
    {
        if (made >= DoctorPlan.MostCalls) // One call at a time: an examination asks one thing after the other.
        {
            throw new HttpRequestException("The doctor's calls are spent.");
        }

        made++;
        return base.SendAsync(request, cancellationToken);
    }
}
