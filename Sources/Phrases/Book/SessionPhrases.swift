/// The messages of the sessions: engine, transport and protocol.
enum SessionPhrases {
    static let text = #"""
        another file
        ru: другой файл
        zh: 另一种文件

        a feed went two ways, which this session has begun without: both are kept, and the next exchange goes by \#
        their names
        ru: лента раздвоилась, чего при начале сеанса не знали: сохраняются обе ветви, и следующий обмен учтёт их
        zh: 一个写入流出现了分叉，本次会话开始时还不知道：两个分支都保留，下次同步将分别处理

        a site that is not on the roster may show at most {} bytes
        ru: узел, которого нет в списке участников, может показать не более {1} {1:байта|байтов|байтов}
        zh: 不在名册上的站点最多可出示 {1} 字节

        changeset {} of feed {} is not signed by its author
        ru: набор изменений {1} ленты {2} не подписан автором
        zh: 写入流 {2} 的变更集 {1} 没有作者的签名

        chunks were left out that this side does not have
        ru: пропущены куски, которых у этого узла нет
        zh: 省略了本端没有的数据块

        the stream of changes: {}
        ru: поток изменений: {1}
        zh: 变更的数据流：{1}

        the same changesets came again and again, though this side holds them
        ru: снова и снова приходят наборы изменений, которые здесь уже есть
        zh: 同样的变更集反复到来，而本端已经持有

        a node that is not on the roster may show control changesets only
        ru: узел, которого нет в списке участников, может показать только управляющие наборы изменений
        zh: 不在名册上的节点只能出示控制变更集

        the peer's control changesets do not begin with the one that founded this alliance
        ru: управляющие наборы партнёра начинаются не с того, который основал этот альянс
        zh: 对端的控制变更集不是从创建本联盟的那个开始

        what came cannot take the place of what the disk of this node has altered: try again
        ru: полученное не может заменить то, что повреждено на диске этого узла: повторите
        zh: 收到的内容不能替换本节点磁盘上损坏的内容：请重试

        the changes end within a changeset
        ru: изменения кончаются посреди набора
        zh: 数据在变更集中间结束

        a message cannot be read: {}
        ru: сообщение не читается: {1}
        zh: 无法读取消息：{1}

        acknowledged again and again was what nobody here has heard of
        ru: снова и снова подтверждается то, о чём здесь не знают
        zh: 反复确认了这里无人知晓的内容

        more than {} bytes were asked for and not taken
        ru: запрошено, но не забрано более {1} {1:байта|байтов|байтов}
        zh: 请求而未取走的超过 {1} 字节

        changeset {} of feed {} is damaged on the disk of this node: try again
        ru: набор изменений {1} ленты {2} повреждён на диске этого узла: повторите
        zh: 写入流 {2} 的变更集 {1} 在本节点磁盘上已损坏：请重试

        the other side closed
        ru: другая сторона закрыла соединение
        zh: 对方已关闭连接

        through the proxy {}
        ru: через прокси {1}
        zh: 通过代理 {1}

        the port is missing
        ru: нет порта
        zh: 缺少端口

        port 0 cannot be dialled
        ru: к порту 0 нельзя подключиться
        zh: 不能连接端口 0

        the host is missing
        ru: нет имени хоста
        zh: 缺少主机

        an IPv6 address stands in brackets
        ru: адрес IPv6 пишется в скобках
        zh: IPv6 地址要写在方括号内

        the host is not a name
        ru: недопустимое имя хоста
        zh: 主机名不合法

        what stands in brackets is not an IPv6 address
        ru: в скобках не адрес IPv6
        zh: 方括号内不是 IPv6 地址

        the port is not a number from 0 to 65535
        ru: порт — не число от 0 до 65535
        zh: 端口不是 0 到 65535 的数

        the listening socket was closed
        ru: слушающий сокет закрыт
        zh: 侦听套接字已关闭

        {} certificates were shown, not one
        ru: предъявлено сертификатов: {1}, а нужен один
        zh: 对方出示了 {1} 个证书，而应为一个

        its key cannot be read
        ru: его ключ не читается
        zh: 它的密钥无法读取

        its key is not an Ed25519 key
        ru: его ключ — не Ed25519
        zh: 它的密钥不是 Ed25519

        its key is of small order, so that anybody can sign for it
        ru: его ключ малого порядка: подписать за него может кто угодно
        zh: 它的密钥阶太小，任何人都能冒签

        it begins with neither http:// nor socks5://
        ru: адрес должен начинаться с http:// или socks5://
        zh: 它既不以 http:// 也不以 socks5:// 开头

        what stands behind that is not HOST:PORT
        ru: после http:// или socks5:// нужно HOST:PORT
        zh: http:// 或 socks5:// 之后应为 HOST:PORT

        what stands before the @ is not USER:PASSWORD
        ru: перед @ нужно USER:PASSWORD
        zh: @ 前面不是 USER:PASSWORD

        its user or password is empty or too long, or the user has a colon
        ru: пользователь или пароль пуст или слишком длинен, или в имени двоеточие
        zh: 用户名或密码为空或太长，或用户名含冒号

        it accepts neither a user with a password nor none
        ru: он не принимает ни имя с паролем, ни вход без них
        zh: 它既不接受用户名和密码，也不接受免认证

        general failure
        ru: общая ошибка
        zh: 一般故障

        not allowed by its rules
        ru: его правила запрещают
        zh: 其规则不允许

        network unreachable
        ru: сеть недостижима
        zh: 网络不可达

        host unreachable, or there is no such name
        ru: хост недостижим, или такого имени нет
        zh: 主机不可达，或没有这个名称

        connection refused
        ru: в соединении отказано
        zh: 连接被拒绝

        time to live expired
        ru: время жизни истекло
        zh: 生存时间已过

        it cannot connect at all
        ru: он не умеет устанавливать соединения
        zh: 它完全无法连接

        it does not know this kind of address
        ru: он не поддерживает такие адреса
        zh: 它不支持这类地址

        failure number {}
        ru: ошибка номер {1}
        zh: 故障编号 {1}

        the other side vanished
        ru: другая сторона пропала
        zh: 对方消失了

        no such host, or no name server answers
        ru: такого хоста нет, или не отвечает сервер имён
        zh: 没有这个主机，或域名服务器没有应答

        “{}” is not an address HOST:PORT: {}.
        ru: «{1}» — не адрес HOST:PORT: {2}.
        zh: “{1}” 不是 HOST:PORT 地址：{2}。

        The site key cannot be used: {}.
        ru: Ключ узла не годится: {1}.
        zh: 站点密钥不能用：{1}。

        Another program already listens on {}.
        ru: На {1} уже слушает другая программа.
        zh: 已有另一程序在侦听 {1}。

        Cannot listen on {}: {}.
        ru: Не удаётся слушать на {1}: {2}.
        zh: 无法侦听 {1}：{2}。

        The name in {} cannot be resolved: {}; correct the name, or look at this machine's network.
        ru: Не удаётся найти адрес по имени в {1}: {2}; исправьте имя или проверьте сеть этой машины.
        zh: {1} 中的名称无法解析：{2}；请改正名称，或检查本机网络。

        Cannot connect to {}: {}.
        ru: Не удаётся подключиться к {1}: {2}.
        zh: 无法连接 {1}：{2}。

        {} names no proxy that can be used, for {}: write http://HOST:PORT or socks5://HOST:PORT, with \#
        USER:PASSWORD@ before the host if it wants that.
        ru: {1}: прокси указан неверно ({2}): пишите http://HOST:PORT или socks5://HOST:PORT, при необходимости с \#
        USER:PASSWORD@ перед хостом.
        zh: {1} 给出的代理不可用（{2}）：请写成 http://HOST:PORT 或 socks5://HOST:PORT，需要时在主机前加 USER:PASSWORD@。

        What answers at {} is a web page: sign in to the network with a browser if it asks for that, or correct the \#
        address.
        ru: На {1} отвечает веб-страница: если сеть требует входа, войдите через браузер, или исправьте адрес.
        zh: {1} 应答的是网页：如网络要求，请先用浏览器登录，或改正地址。

        What answers at {} speaks no TLS: another program listens there, so correct the address.
        ru: На {1} отвечают без TLS: там слушает другая программа; исправьте адрес.
        zh: {1} 应答的不是 TLS：那里是别的程序，请改正地址。

        Something between here and {} breaks TLS, or another program listens there ({}): have the network's admin \#
        except this address from inspection, or use another one.
        ru: Что-то по пути к {1} вмешивается в TLS, или там слушает другая программа ({2}): попросите администратора \#
        сети исключить этот адрес из проверки или возьмите другой.
        zh: 本机与 {1} 之间有设备干扰 TLS，或那里是别的程序（{2}）：请网络管理员对该地址免于检查，或换一个地址。

        There is no address to dial.
        ru: Нет адреса для подключения.
        zh: 没有可连接的地址。

        {} took longer than {} seconds.
        en: {1} took longer than {2} {2:second|seconds}.
        ru: {1}: дольше {2} {2:секунды|секунд|секунд}.
        zh: {1}超过 {2} 秒。

        Expected the site {}, and {} answered: another node has the address now, or this one was made anew; give the \#
        right address, or remove the peer and add it again.
        ru: Ожидался узел {1}, а ответил {2}: этот адрес теперь у другого узла, или узел создали заново; укажите \#
        верный адрес или удалите партнёра и добавьте снова.
        zh: 应为站点 {1}，应答的却是 {2}：地址现属另一节点，或该节点已重建；请给出正确地址，或删除对端后重新添加。

        The other side's certificate is refused: {}.
        ru: Сертификат другой стороны отклонён: {1}.
        zh: 对方的证书被拒绝：{1}。

        The connection could not be secured: {}.
        ru: Соединение не удалось защитить: {1}.
        zh: 无法建立安全连接：{1}。

        The other side refused our certificate: {}.
        ru: Другая сторона отклонила наш сертификат: {1}.
        zh: 对方拒绝了我们的证书：{1}。

        There are {} connections already, which is the limit.
        ru: Соединений уже {1}: больше нельзя.
        zh: 已有 {1} 个连接，达到上限。

        Others came, and there is room for so many only that have not shown that they belong here.
        ru: Подключились другие, а число тех, кто ещё не подтвердил членство, ограничено.
        zh: 又有他人连接，而尚未证明身份的连接数有限。

        A frame has {} bytes; at most {} are allowed.
        en: A frame has {1} {1:byte|bytes}; at most {2} are allowed.
        ru: В кадре {1} {1:байт|байта|байтов}; допускается не более {2}.
        zh: 帧有 {1} 字节，最多允许 {2}。

        A frame has no bytes.
        ru: В кадре нет байтов.
        zh: 帧为空。

        The connection ended after {} of a frame's {} bytes.
        ru: Соединение прервалось: получено {1} из {2} {2:байта|байтов|байтов} кадра.
        zh: 连接中断：一帧 {2} 字节只接受到 {1} 字节。

        The connection was lost: {}.
        ru: Соединение потеряно: {1}.
        zh: 连接丢失：{1}。

        The connection is closed.
        ru: Соединение закрыто.
        zh: 连接已关闭。

        Waiting for the other side was given up.
        ru: Ожидание другой стороны прекращено.
        zh: 不再等待对方。

        `proxy` in config.yaml, as {}://USER:PASSWORD@{}
        ru: `proxy` в config.yaml: {1}://USER:PASSWORD@{2}
        zh: config.yaml 的 `proxy`，写成 {1}://USER:PASSWORD@{2}

        The proxy {}, through which {} is dialled, is not reached: {}
        ru: Прокси {1}, через который узел подключается к {2}, недоступен: {3}
        zh: 连接 {2} 所经的代理 {1} 无法到达：{3}

        The proxy {} wants a user and a password: write them into {}
        ru: Прокси {1} требует имя и пароль: укажите их ({2})
        zh: 代理 {1} 要求用户名和密码：请写入 {2}

        The proxy {} wants to know who asks by {}, which this software does not speak: ask its admin for Basic, or \#
        for a proxy that wants no name
        ru: Прокси {1} требует проверки {2}, которой эта программа не умеет: попросите его администратора включить \#
        Basic или дать прокси без проверки
        zh: 代理 {1} 要求以 {2} 验证身份，本软件不支持：请其管理员启用 Basic，或提供无需验证的代理

        The proxy {} refuses the user or the password: correct them in {}
        ru: Прокси {1} не принимает имя или пароль: исправьте их ({2})
        zh: 代理 {1} 拒绝了用户名或密码：请在 {2} 改正

        The proxy {} refused to connect to {}: {}
        ru: Прокси {1} отказался соединить с {2}: {3}
        zh: 代理 {1} 拒绝连接 {2}：{3}

        What answers at {} is no such proxy: correct `proxy` in config.yaml, or the environment's
        ru: На {1} отвечает не прокси этого вида: исправьте `proxy` в config.yaml или в переменных окружения
        zh: {1} 应答的不是这种代理：请改正 config.yaml 或环境中的 `proxy`

        The proxy {} answered with a page instead of {}: sign in to the network with a browser first
        ru: Прокси {1} ответил веб-страницей вместо {2}: сначала войдите в сеть через браузер
        zh: 代理 {1} 以网页应答而不是 {2}：请先用浏览器登录网络

        its public key is not 32 bytes
        ru: в его открытом ключе не 32 байта
        zh: 它的公钥不是 32 字节

        a vector that nobody asked for
        ru: вектор, которого никто не просил
        zh: 无人请求的版本向量

        the peer's vector is less than what it acknowledged before
        ru: вектор партнёра меньше того, что он подтвердил раньше
        zh: 对端的向量小于它先前确认的

        the peer said that it holds {} of a feed and now says {}
        ru: партнёр сообщал, что у него {1} наборов изменений ленты, а теперь — {2}
        zh: 对端先前称持有某写入流的 {1} 个变更集，现在称 {2} 个

        a vector was asked for before both hellos, or twice
        ru: вектор запрошен до обоих приветствий или дважды
        zh: 在双方握手之前或重复请求了向量

        this node does not know the key that was shown
        ru: этот узел не знает предъявленного ключа
        zh: 该节点不认识出示的密钥

        an admin ended the right of the key that was shown: an admin gives it back with `caravan member role`
        ru: администратор прекратил право предъявленного ключа: администратор вернёт его командой `caravan member role`
        zh: 管理员已终止所出示密钥的权利：管理员可用 `caravan member role` 恢复

        changes before the hello
        ru: изменения до приветствия
        zh: 握手之前就发来变更

        an ack before both hellos
        ru: подтверждение до обоих приветствий
        zh: 双方握手之前就发来确认

        a node that is not on the roster may show at most {} bytes
        ru: узел, которого нет в списке участников, может показать не более {1} {1:байта|байтов|байтов}
        zh: 不在名册上的节点最多可出示 {1} 字节

        a second hello in one session
        ru: второе приветствие в одном сеансе
        zh: 一次会话中第二次握手

        a hello before the end of what the peer knocked for
        ru: приветствие до конца начатой партнёром просьбы
        zh: 对端所请求的内容尚未结束就发来握手

        the hello names another site than the connection's key
        ru: в приветствии назван другой узел, чем в ключе соединения
        zh: 握手中的站点与连接的密钥不符

        the peer belongs to another alliance
        ru: партнёр из другого альянса
        zh: 对端属于另一个联盟

        this node speaks protocol {} and the peer {}: update the older one
        ru: у этого узла протокол {1}, а у партнёра {2}: обновите ту программу, что старее
        zh: 本节点使用协议 {1}，对端使用 {2}：请升级较旧的一方

        both sides hold as many changesets of everybody, and they are not the same: a feed went two ways, and the \#
        next exchange looks for the last changeset that both have
        ru: у обеих сторон наборов изменений поровну, но они разные: лента раздвоилась, и следующий обмен найдёт \#
        последний общий набор
        zh: 双方持有的变更集数目相同而内容不同：某写入流出现分叉，下次同步会寻找最后一个共同的变更集

        nobody was there any more after this machine slept, or one of the two had moved
        ru: после сна этой машины или смены сети на том конце никого не было
        zh: 本机休眠之后，或一方更换网络之后，对端已无人应答

        the other machine acknowledged nothing for {} seconds
        ru: другая машина ничего не подтверждала {1} {1:секунду|секунды|секунд}
        zh: 对方机器在 {1} 秒内未确认任何内容

        this address is that of this node itself
        ru: это адрес самого этого узла
        zh: 这是本节点自己的地址

        neither side knows the other: sync with a member that knows both first
        ru: стороны не знают друг друга: сначала синхронизируйтесь с участником, который знает обе
        zh: 双方互不认识：请先与认识双方的成员同步

        a second knock in one session
        ru: вторая просьба в одном сеансе
        zh: 一次会话中第二次请求加入

        a knock after the hello
        ru: просьба после приветствия
        zh: 握手之后又请求加入

        only a dialling side joins
        ru: вступает только тот, кто подключился
        zh: 只有发起连接的一方可以加入

        a join comes before the hello
        ru: вступление приходит до приветствия
        zh: 加入要在握手之前

        nothing was heard for {} seconds
        en: nothing was heard for {1} {1:second|seconds}
        ru: {1} {1:секунду|секунды|секунд} ничего не приходило
        zh: {1} 秒没有收到任何消息
        """#
}
