using Picket.Server.Hosting;

namespace Picket.Server.Risk;

/// <summary>Says that devices of an integration wait to be judged.</summary>
public sealed class JudgingSignal : Signal;
