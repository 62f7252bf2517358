using Picket.Core.Preparation;

namespace Picket.Server.Integrations;

/// <summary>Counts what really goes out in one examination, token requests included, and ends it at its limit.</summary>
internal sealed class CallLimit(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    private int made;

    public int Made => made;

    public int Left => DoctorPlan.MostCalls - made;

    protected override Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    ) =>
        Interlocked.Increment(ref made) > DoctorPlan.MostCalls
            ? throw new HttpRequestException("The doctor's calls are spent.")
            : base.SendAsync(request, cancellationToken);
}
