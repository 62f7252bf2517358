using Picket.Server.Hosting;

namespace Picket.Server.Response;

/// <summary>Says that verdicts of an integration changed.</summary>
public sealed class ResponseSignal : Signal;
