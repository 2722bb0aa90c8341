using System.Reflection;
using System.Reflection.Emit;

namespace Idp.Unit.Architecture;

/// <summary>Finds every type that a type uses, also where only a method body says so.</summary>
internal static class UsedTypes
{
    private const BindingFlags OwnMembers =
        BindingFlags.DeclaredOnly | BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic;

    private static readonly Dictionary<ushort, OpCode> OpCodesByValue = typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (OpCode)field.GetValue(null)!)
        .ToDictionary(code => unchecked((ushort)code.Value));

    public static HashSet<Type> Of(Type type)
    {
        var used = new HashSet<Type>();
        Collect(used, type.BaseType);
        CollectAll(used, type.GetInterfaces());
        CollectAll(used, type.CustomAttributes.Select(attribute => attribute.AttributeType));
        foreach (var field in type.GetFields(OwnMembers))
        {
            Collect(used, field.FieldType);
        }

        foreach (var method in type.GetMethods(OwnMembers).Cast<MethodBase>().Concat(type.GetConstructors(OwnMembers)))
        {
            CollectSignature(used, method);
            CollectBody(used, method);
        }

        used.Remove(type);
        return used;
    }

    private static void CollectBody(HashSet<Type> used, MethodBase method)
    {
        if (method.GetMethodBody() is not { } body)
        {
            return;
        }

        CollectAll(used, body.LocalVariables.Select(local => local.LocalType));
        var ofType = method.DeclaringType is { IsGenericType: true } owner ? owner.GetGenericArguments() : null;
        var ofMethod = method.IsGenericMethod ? method.GetGenericArguments() : null;
        foreach (var token in MemberTokens(body.GetILAsByteArray() ?? []))
        {
            switch (method.Module.ResolveMember(token, ofType, ofMethod))
            {
                case Type type:
                    Collect(used, type);
                    break;
                case FieldInfo field:
                    Collect(used, field.DeclaringType);
                    Collect(used, field.FieldType);
                    break;
                case MethodBase called:
                    Collect(used, called.DeclaringType);
                    CollectSignature(used, called);
                    CollectAll(used, called.IsGenericMethod ? called.GetGenericArguments() : []);
                    break;
            }
        }
    }

    private static void CollectSignature(HashSet<Type> used, MethodBase method)
    {
        Collect(used, (method as MethodInfo)?.ReturnType);
        CollectAll(used, method.GetParameters().Select(parameter => parameter.ParameterType));
    }

    /// <summary>The metadata tokens that instructions carry (ECMA-335, partition III, 1.2 and partition VI, C.2).</summary>
    private static IEnumerable<int> MemberTokens(byte[] instructions)
    {
        var at = 0;
        while (at < instructions.Length)
        {
            ushort value = instructions[at++];
            if (value == 0xFE)
            {
                value = (ushort)((value << 8) | instructions[at++]);
            }

            var operand = OpCodesByValue[value].OperandType;
            if (operand is OperandType.InlineMethod or OperandType.InlineField or OperandType.InlineType or OperandType.InlineTok)
            {
                yield return BitConverter.ToInt32(instructions, at);
            }

            at += operand switch
            {
                OperandType.InlineNone => 0,
                OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
                OperandType.InlineVar => 2,
                OperandType.InlineI8 or OperandType.InlineR => 8,
                OperandType.InlineSwitch => 4 + (4 * BitConverter.ToInt32(instructions, at)),
                _ => 4,
            };
        }
    }

    private static void CollectAll(HashSet<Type> used, IEnumerable<Type> types)
    {
        foreach (var type in types)
        {
            Collect(used, type);
        }
    }

    private static void Collect(HashSet<Type> used, Type? type)
    {
        var inner = type;
        while (inner is { HasElementType: true })
        {
            inner = inner.GetElementType();
        }

        if (inner is null or { IsGenericParameter: true } || !used.Add(inner) || !inner.IsConstructedGenericType)
        {
            return;
        }

        Collect(used, inner.GetGenericTypeDefinition());
        CollectAll(used, inner.GenericTypeArguments);
    }
}
