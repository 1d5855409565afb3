/// The messages of what travels: files, messages, changesets and invitations.
enum WirePhrases {
    static let text = #"""
        {} is not a file that caravan wrote: name one that `bundle export`, `bundle request`, `join --request` or `invite --grant` made
        ru: {1} — файл не от caravan: укажите файл, который записал `bundle export`, `bundle request`, `join --request` или `invite --grant`
        zh: {1} 不是 caravan 写出的文件：请指定 `bundle export`、`bundle request`、`join --request` 或 `invite --grant` 写出的文件

        {} was written by newer software (its format is {}): update the software of this node
        ru: {1} записан более новой версией программы (формат {2}): обновите программу на этом узле
        zh: {1} 由更新的软件写出（格式为 {2}）：请升级本节点的软件

        {} is not whole: copy it again from where it was written, or have it written anew
        ru: {1} — неполный файл: скопируйте его снова там, где его записали, или попросите записать заново
        zh: {1} 不完整：请从写出它的地方重新复制，或请对方重新写出

        {} is not what its writer signed ({}): copy it again from where it was written, or have it written anew
        ru: {1} — не то, что подписал записавший ({2}): скопируйте файл снова там, где его записали, или попросите \#
        записать заново
        zh: {1} 与写出者签名的内容不符（{2}）：请从写出它的地方重新复制，或请对方重新写出

        {} is {}, and {} is asked for: name another file
        ru: {1} — {2}, а нужен {3}: укажите другой файл
        zh: {1} 是{2}，而需要的是{3}：请指定另一个文件

        {} is of another alliance: name a file of this node's own
        ru: {1} — файл другого альянса: укажите файл альянса этого узла
        zh: {1} 属于另一个联盟：请指定本节点所属联盟的文件

        {} is of {}, whom nobody has admitted as far as this node knows: import first what an admin wrote, or have \#
        it written with --all
        ru: {1} записал узел {2}, о приёме которого этому узлу ничего не известно: сначала примите файл \#
        администратора или попросите записать с --all
        zh: {1} 出自 {2}，据本节点所知尚无人接纳它：请先导入管理员写出的文件，或请对方用 --all 写出

        {} is of {}, whose right an admin ended: have another member write it
        ru: {1} записал узел {2}, чьё право прекратил администратор: попросите записать другого участника
        zh: {1} 出自 {2}，其权利已被管理员终止：请另一位成员写出

        {} says that it is encrypted for this node, and no key in it opens it: have its writer write it anew, and \#
        delete it
        ru: судя по заголовку, {1} зашифрован для этого узла, но ни один ключ в нём его не открывает: попросите записать \#
        его заново, а этот удалите
        zh: {1} 称是为本节点加密的，但其中没有能打开它的密钥：请让写出者重新写出，并删除此文件

        {} is encrypted to others: take it to one of them, or have it written for this node, too
        ru: {1} зашифрован для других: отнесите его одному из них или попросите записать и для этого узла
        zh: {1} 是为他人加密的：请交给其中之一，或请对方也为本节点写出

        chunks are left out in it
        ru: в нём пропущены куски
        zh: 其中省略了数据块

        changeset {} of feed {} is not what its head says comes next
        ru: набор изменений {1} ленты {2} идёт не в том порядке, что указан в заголовке
        zh: 写入流 {2} 的变更集 {1} 不是头部所说的下一个

        it has fewer changesets than its head says
        ru: в нём меньше наборов изменений, чем указано в заголовке
        zh: 其中的变更集少于头部所说

        something stands behind its head
        ru: после заголовка стоит лишнее
        zh: 头部之后有多余内容

        a range that ends before it begins
        ru: диапазон кончается раньше, чем начинается
        zh: 范围的终点在起点之前

        ranges that are not in ascending order
        ru: диапазоны не по возрастанию
        zh: 范围未按升序排列

        an encrypted file for nobody
        ru: зашифрованный файл без получателей
        zh: 没有接收者的加密文件

        a list that is not in ascending order
        ru: список не по возрастанию
        zh: 列表未按升序排列

        something stands behind its end
        ru: после его конца стоит лишнее
        zh: 结尾之后有多余内容

        its signature is not that of {}
        ru: подпись не принадлежит узлу {1}
        zh: 其签名不是 {1} 的

        a byte string of at most {} bytes must stand where none does
        ru: нет строки байтов длиной до {1} {1:байта|байтов|байтов}
        zh: 缺少至多 {1} 字节的字节串

        its head: {}
        ru: заголовок: {1}
        zh: 头部：{1}

        a head of fewer than 3 items
        ru: в заголовке меньше 3 элементов
        zh: 头部不足 3 项

        a version that there never was
        ru: версия, которой не было
        zh: 从未有过的版本

        a file of kind {}
        ru: файл вида {1}
        zh: 种类为 {1} 的文件

        a key of another site
        ru: ключ другого узла
        zh: 另一站点的密钥

        a part of a changeset
        ru: часть набора изменений
        zh: 变更集的一部分

        nothing is encrypted in it
        ru: в нём ничего не зашифровано
        zh: 其中没有加密内容

        block {} cannot be decrypted
        ru: блок {1} не расшифровывается
        zh: 无法解密第 {1} 块

        This invitation is of another version: update the software on both sides.
        ru: Это приглашение другой версии: обновите программу с обеих сторон.
        zh: 此邀请属于另一版本：请升级双方的软件。

        This is not an invitation: one begins with {}
        ru: Это не приглашение: приглашение начинается с {1}
        zh: 这不是邀请码：邀请码以 {1} 开头

        The invitation is not whole, or a character is wrong: copy it again.
        ru: Приглашение неполное, или в нём неверный знак: скопируйте его снова.
        zh: 邀请码不完整，或有字符错误：请重新复制。

        The invitation cannot be understood: ask for a new one.
        ru: Приглашение не удаётся разобрать: попросите новое.
        zh: 无法识别此邀请码：请索取新的。

        a secret has {} bytes
        ru: в секрете должно быть {1} {1:байт|байта|байтов}
        zh: 密钥串应为 {1} 字节

        the bytes end within an item
        ru: байты обрываются посреди элемента
        zh: 数据在条目中间结束

        {}, at byte {}
        ru: {1}, байт {2}
        zh: {1}，位于第 {2} 字节

        {} must stand at byte {}
        ru: в байте {2} ожидалось: {1}
        zh: 第 {2} 字节处应为{1}

        {} of {}, where at most {} are allowed
        ru: слишком много ({1}): {2}, а допустимо не более {3}
        zh: {1}为 {2}，最多允许 {3}

        {} bytes stand behind the end
        en: {1} {1:byte stands|bytes stand} behind the end
        ru: после конца {1:стоит|стоят|стоят} {1} {1:лишний байт|лишних байта|лишних байтов}
        zh: 结尾之后还有 {1} 字节

        operation {} is of newer software
        ru: операция {1} — из более новой версии программы
        zh: 操作 {1} 属于更新的软件

        a key of {} bytes is none
        en: a key of {1} {1:byte|bytes} is none
        ru: ключ не может иметь {1} {1:байт|байта|байтов}
        zh: {1} 字节不能是密钥

        a changeset of feed {} stands among those of {}
        ru: набор изменений ленты {1} попал к наборам ленты {2}
        zh: 写入流 {1} 的变更集混在 {2} 的变更集中

        changeset {} of feed {} came where {} must follow
        ru: пришёл набор изменений {1} ленты {2}, а должен следовать {3}
        zh: 到来的是写入流 {2} 的变更集 {1}，而应为 {3}

        feed {} has two changesets numbered {}: a node's whole disk was copied or put back, and both copies wrote
        ru: в ленте {1} два набора изменений с номером {2}: диск узла скопировали или вернули к прежнему состоянию, \#
        и писали обе копии
        zh: 写入流 {1} 有两个编号为 {2} 的变更集：某节点的整个磁盘被拷贝或恢复，两份都写入了内容

        changeset {} of feed {} does not follow the one before it
        ru: набор изменений {1} ленты {2} не продолжает предыдущий
        zh: 写入流 {2} 的变更集 {1} 与前一个不相衔接

        chunk {} of changeset {} of feed {} is not the one that its header names
        ru: кусок {1} набора изменений {2} ленты {3} — не тот, что указан в заголовке
        zh: 写入流 {3} 的变更集 {2} 的数据块 {1} 不是头部所列的

        the compressed stream is broken
        ru: сжатый поток повреждён
        zh: 压缩数据流已损坏
        """#
}
