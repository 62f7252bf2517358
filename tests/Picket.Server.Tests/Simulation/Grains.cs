using System.Reflection;

namespace Picket.Server.Tests.Simulation;

/// <summary>Grains that are told to look: in a simulation everybody looks anyway.</summary>
public class Grains : DispatchProxy
{
    public static IGrainFactory Make() => Create<IGrainFactory, Grains>();

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) =>
        targetMethod!.ReturnType == typeof(Task)
            ? Task.CompletedTask
            : typeof(DispatchProxy)
                .GetMethod(nameof(Create), 2, [])!
                .MakeGenericMethod(targetMethod.ReturnType, typeof(Grains))
                .Invoke(null, null);
}
