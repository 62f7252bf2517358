namespace Picket.Server.Tests.Simulation;

/// <summary>The wire of one process: it may die before its call goes out, once it was acted on, and when it was answered.</summary>
internal sealed class ModelledWire(ModelledUem uem, Life life) : HttpMessageHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    )
    {
        var call = $"{request.Method} {request.RequestUri!.AbsolutePath}";
        life.Step($"before {call}");
        var answer = await uem.AnswerAsync(request, () => life.Step($"once {call} was acted on"), cancellationToken);
        life.Step($"after {call}");
        return answer;
    }
}
