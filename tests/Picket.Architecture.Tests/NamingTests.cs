using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace Picket.Architecture.Tests;

public sealed partial class NamingTests
{
    private static readonly string[] Assemblies =
    [
        "Picket.Core",
        "Picket.WorkspaceOne",
        "Picket.Api",
        "picket",
        "Picket.Server",
        "Picket.WorkspaceOne.Emulator",
    ];

    [Fact]
    public void No_type_is_called_helper_manager_util_common_or_base()
    {
        var offences = OurTypes().Where(type => BannedName().IsMatch(type.Name)).Select(type => type.FullName);

        Assert.Empty(offences);
    }

    [Fact]
    public void No_folder_or_file_is_called_so_either()
    {
        var offences =
            from file in Repository
                .Sources("src")
                .Concat(Repository.Sources("tests"))
                .Concat(Repository.Sources("bench"))
            let path = Repository.Relative(file)
            from part in Path.ChangeExtension(path, null).Split(Path.DirectorySeparatorChar)
            where BannedName().IsMatch(part.Split('.')[^1])
            select path;

        Assert.Empty(offences.Distinct());
    }

    /// <summary>An interface is a seam: it needs two implementations, or Orleans behind it.</summary>
    [Fact]
    public void No_interface_has_a_single_implementation()
    {
        var types = OurTypes().ToList();
        var offences =
            from contract in types
            where contract.IsInterface && !IsGrain(contract)
            where types.Count(type => !type.IsInterface && contract.IsAssignableFrom(type)) < 2
            select contract.FullName;

        Assert.Empty(offences);
    }

    private static bool IsGrain(Type contract) => contract.GetInterfaces().Any(parent => parent.Name == "IAddressable");

    private static IEnumerable<Type> OurTypes() =>
        from assembly in Assemblies.Select(name => Assembly.Load(name))
        from type in assembly.GetTypes()
        where type.Namespace?.StartsWith("Picket", StringComparison.Ordinal) is true
        where type.GetCustomAttribute<CompilerGeneratedAttribute>() is null
        select type;

    [GeneratedRegex("((Helper|Manager|Utils?|Utilities|Common)s?(?![a-z])|Base$)")]
    private static partial Regex BannedName();
}
